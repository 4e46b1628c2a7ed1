// The bottom of a visit: what was refused or waits, the other steps, and the one big button.
import { isChecked, isParked, keptFromCollecting, type Next } from "../flow";
import { yuan } from "../money";
import type { Order } from "../types";
import type { Trouble, Visiting } from "../visiting";
import { useWords } from "../words";
import { RefusalNote } from "./bits";

interface DockShown {
  order: Order;
  visiting: Visiting;
  next: Next;
  busy: boolean;
  trouble: Trouble | null;
  press: () => void;
  others: () => void;
}

export function Dock({ order, visiting, next, busy, trouble, press, others }: DockShown) {
  const { w } = useWords();
  const stuck = visiting.waiting.length > 0;
  const kept = keptFromCollecting(order, visiting.known);
  const hint = kept === "lead" ? w.leadCollects(yuan(visiting.known?.collects_below ?? "0")) : kept === "question" ? w.questioned : "";
  const rest = next.sort === "none" && !stuck ? (isParked(order.status) ? w.waitsForDesk : isChecked(order) ? w.isChecked : w.closedVisit) : "";
  return (
    <footer class="dock">
      {trouble && <RefusalNote verb={w.verbs[trouble.verb] ?? trouble.verb} problem={trouble.problem} />}
      {stuck && <p class="strip waiting" role="status">{w.waitingToSend}：{visiting.waiting.map((verb) => w.verbs[verb] ?? verb).join("、")}</p>}
      {(hint || rest) && <p class="dock-hint">{hint || rest}</p>}
      <div class="dock-row">
        <button class="button" onClick={others}>{w.others}</button>
        {next.sort !== "none" && (
          <button class="button primary" disabled={busy} onClick={press}>
            {w.verbs[next.word] ?? next.word}
            {next.sort === "step" && next.verb === "collect" && <b class="num">{yuan(order.due)}</b>}
          </button>
        )}
      </div>
    </footer>
  );
}

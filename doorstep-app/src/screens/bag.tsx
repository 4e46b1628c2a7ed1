// Cash in my bag: what is due to finance, item by item, and what was handed over before.
import { useState } from "preact/hooks";
import { loadDay } from "../api";
import { Empty, Left, RefusalNote, Sheet } from "../parts/bits";
import { asText, fen, sum, yuan } from "../money";
import { submit } from "../queue";
import { useNow, useStore } from "../store";
import { dayTitle, said } from "../time";
import type { Bag as CashBag, Problem } from "../types";
import { useWords } from "../words";

export function Bag() {
  const { w, lang } = useWords();
  const { day } = useStore();
  const bags = day?.bags ?? [];
  const open = bags.filter((each) => each.status === "open");
  const before = bags.filter((each) => each.status !== "open");
  return (
    <main class="list">
      <header class="head">
        <p class="quiet">{w.inBag}</p>
        <h1 class="amount">{yuan(sum(open.map((each) => fen(each.expected) ?? 0)))}</h1>
      </header>
      {open.length === 0 && <Empty title={w.bagEmpty} hint={w.bagEmptyHint} />}
      {open.map((bag) => <OpenBag key={bag.number} bag={bag} />)}
      {before.length > 0 && (
        <section class="group">
          <h2>{w.handedOver}</h2>
          {before.map((bag) => (
            <div class="row plain-row" key={bag.number}>
              <span class="row-top"><span>{dayTitle(new Date(`${bag.day}T12:00:00+08:00`), lang)}</span><b class="num">{yuan(bag.amount ?? bag.expected)}</b></span>
              <span class="quiet"><span class="cap">{bag.status_title}</span> · {bag.number}</span>
            </div>
          ))}
        </section>
      )}
    </main>
  );
}

function OpenBag({ bag }: { bag: CashBag }) {
  const { w, lang } = useWords();
  const now = useNow();
  const [handing, setHanding] = useState(false);
  return (
    <section class="group">
      {bag.deadline && (
        <p class="promise-line">{w.promiseBy(bag.deadline.promise, said(bag.deadline.due_at, now, lang))} <Left promise={bag.deadline} now={now} /></p>
      )}
      {bag.charges.map((charge) => (
        <a class="row plain-row" key={charge.number} href={`#/visit/${charge.order}`}>
          <span class="row-top"><b>{charge.unit.includes("***") ? charge.order : charge.unit}</b><b class="num">{yuan(charge.amount)}</b></span>
          <span class="quiet">{w.receipt} {charge.receipt}</span>
        </a>
      ))}
      <button class="button primary" onClick={() => setHanding(true)}>{w.handOver}</button>
      {handing && <HandOver bag={bag} close={() => setHanding(false)} />}
    </section>
  );
}

function HandOver({ bag, close }: { bag: CashBag; close: () => void }) {
  const { w } = useWords();
  const [amount, setAmount] = useState(bag.expected);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const counted = fen(amount);
  const differs = counted !== null && asText(counted) !== bag.expected;
  const send = async (event: Event) => {
    event.preventDefault();
    if (counted === null) return;
    const facts = { amount: asText(counted), ...(differs ? { difference_reason: reason } : {}) };
    const outcome = await submit({ collection: "handovers", number: bag.number, verb: "hand_over", facts });
    if (outcome.sort === "refused") return setProblem(outcome.problem);
    await loadDay().catch(() => undefined);
    close();
  };
  return (
    <Sheet title={w.handOverTitle(yuan(counted ?? 0))} close={close}>
      <form class="step" onSubmit={send} noValidate>
        <label class="field"><span>{w.counted}</span>
          <input class="figure" inputMode="decimal" value={amount} onInput={(event) => setAmount(event.currentTarget.value)} /></label>
        {differs && <label class="field"><span>{w.difference}</span>
          <input value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>}
        {problem && <RefusalNote verb={w.verbs["hand_over"] ?? ""} problem={problem} />}
        <button class="button primary" disabled={counted === null}>{w.handOver}</button>
      </form>
    </Sheet>
  );
}

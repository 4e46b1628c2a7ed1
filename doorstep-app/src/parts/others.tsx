// The other steps of the moment, and the situations that may arise.
import type { Next } from "../flow";
import type { Action, Prompt } from "../types";
import { useWords } from "../words";
import { Sheet } from "./bits";

const ORDER = ["start", "quote", "consent", "refuse_price", "finish", "accept_site", "collect", "sign_off", "arrive", "acknowledge", "learn_route", "delay", "absent",
  "warn", "add_material", "ask_review", "await_material", "carry_over", "report_difficulty", "report_damage", "report_hazard", "remove_hazard", "check_off", "object", "query_fee", "rework", "note"];
const OWN_PLACE = new Set(["late", "nobody_home", "risk", "valuables", "installation", "heavy", "damage", "difficult", "material", "objection", "fee"]);

interface OthersShown {
  actions: Action[];
  next: Next;
  prompts: Prompt[];
  close: () => void;
  choose: (verb: string) => void;
  situation: (prompt: Prompt) => void;
}

export function Others({ actions, next, prompts, close, choose, situation }: OthersShown) {
  const { w } = useWords();
  const big = next.sort === "step" || next.sort === "prices" ? next.verb : "";
  const open = new Set(actions.map((each) => each.verb));
  const verbs = ORDER.filter((verb) => open.has(verb) && verb !== big);
  const situations = prompts.filter((each) => each.screen === "visit" && each.situation && !OWN_PLACE.has(each.situation));
  return (
    <Sheet title={w.otherSteps} close={close}>
      <div class="menu">
        {verbs.map((verb) => (
          <button key={verb} class="button" onClick={() => choose(verb)}>{(verb === "consent" ? w.how : w.verbs[verb]) ?? verb}</button>
        ))}
      </div>
      {situations.length > 0 && <h3>{w.situations}</h3>}
      <div class="menu">
        {situations.map((prompt) => (
          <button key={prompt.group} class="button" onClick={() => situation(prompt)}>{prompt.title}</button>
        ))}
      </div>
    </Sheet>
  );
}

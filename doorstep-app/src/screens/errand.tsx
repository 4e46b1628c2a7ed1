// One errand: what to buy for whom and by when, and its steps, each with the form every step has.
import { useCallback, useEffect, useState } from "preact/hooks";
import { loadDay, loadErrand } from "../api";
import { ERRAND_FORMS } from "../forms";
import { count, spaced, yuan } from "../money";
import { Empty, Failed, Left, PromiseWords, RefusalNote, Sheet } from "../parts/bits";
import { StepForm } from "../parts/form";
import { Icon } from "../parts/icons";
import { submit, useQueue } from "../queue";
import { useNow } from "../store";
import { foremost, said } from "../time";
import type { Action, Errand, Facts, Order, Problem } from "../types";
import { useWords } from "../words";

/** The steps of the buyer that carry an errand on: the first that is open is the main button. */
const MAIN = ["buy", "deliver", "settle"];
const HERE = new Set([...MAIN, "delay", "not_bought", "object", "note"]);

export function ErrandView({ number }: { number: string }) {
  const { w } = useWords();
  const [errand, setErrand] = useState<Errand | null>(null);
  const [failed, setFailed] = useState(false);
  const reload = useCallback(async () => {
    try {
      setErrand(await loadErrand(number));
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, [number]);
  const waiting = useQueue().filter((step) => step.number === number).length;
  useEffect(() => void reload(), [reload, waiting]);
  if (!errand) return <main class="visit">{failed ? <Failed again={() => void reload()} /> : <Empty title={w.loading} />}</main>;
  return <Open errand={errand} waiting={waiting > 0} reload={reload} />;
}

function Open({ errand, waiting, reload }: { errand: Errand; waiting: boolean; reload: () => Promise<void> }) {
  const { w } = useWords();
  const [asked, setAsked] = useState<Action | null>(null);
  const [trouble, setTrouble] = useState<{ action: Action; problem: Problem } | null>(null);
  const open = errand.actions.filter((each) => HERE.has(each.verb) && !each.on_behalf);
  const main = open.find((each) => MAIN.includes(each.verb));
  const take = async (action: Action, facts: Facts = {}): Promise<Problem | null> => {
    setTrouble(null);
    const { photo, ...rest } = facts;
    const outcome = await submit({
      collection: "errands", number: errand.number, verb: action.verb, facts: rest, ...(photo ? { photo: String(photo) } : {}),
    });
    if (outcome.sort === "refused") {
      setTrouble({ action, problem: outcome.problem });
      return outcome.problem;
    }
    setAsked(null);
    await Promise.all([reload(), loadDay().catch(() => undefined)]);
    return null;
  };
  const press = (action: Action) => (ERRAND_FORMS[action.verb] ? setAsked(action) : void take(action));
  const form = asked ? ERRAND_FORMS[asked.verb] : undefined;
  return (
    <main class="visit">
      <Head errand={errand} />
      <div class="visit-body"><Wanted errand={errand} /></div>
      <footer class="dock">
        {trouble && !asked && <RefusalNote verb={trouble.action.title} problem={trouble.problem} />}
        {waiting && <p class="strip waiting" role="status">{w.waitingToSend}</p>}
        {errand.status === "delivered" && <p class="dock-hint">{w.signsOnLink}</p>}
        <div class="menu">
          {open.filter((each) => each !== main).map((each) => <button key={each.verb} class="button" onClick={() => press(each)}>{each.title}</button>)}
          {main && <button class="button primary" disabled={waiting} onClick={() => press(main)}>{main.title}</button>}
        </div>
      </footer>
      {asked && form && (
        <Sheet title={asked.title} close={() => setAsked(null)}>
          <StepForm key={asked.verb} verb={asked.verb} title={asked.title} form={form} order={stepped(errand)}
            start={form.start?.(stepped(errand), null) ?? {}} send={(facts) => take(asked, facts)} />
        </Sheet>
      )}
    </main>
  );
}

/** The form of a step wants an order, of which an errand has the number alone: no reminders, no photos. */
const stepped = (errand: Errand): Order => ({ number: errand.number, prompts: [], photos: [], due: "0.00", quote: [], materials: [] }) as unknown as Order;

function Head({ errand }: { errand: Errand }) {
  const { w } = useWords();
  const now = useNow();
  const promise = foremost(errand.deadlines, now);
  return (
    <header class="visit-head">
      <div class="visit-bar">
        <a class="plain" href="#/jobs" aria-label={w.back}><Icon name="back" /></a>
        <span class="quiet num">{errand.number}</span>
        <span class="state"><span class="cap">{errand.status_title}</span></span>
      </div>
      <div class="visit-promise">
        <h1 class={/^[\w-]+$/.test(errand.unit ?? "") ? "unit" : "unit words"}>{errand.unit}</h1>
        {promise && <Left promise={promise} now={now} />}
        {promise && <p><PromiseWords promise={promise} now={now} /></p>}
      </div>
    </header>
  );
}

function Wanted({ errand }: { errand: Errand }) {
  const { w, lang } = useWords();
  const now = useNow();
  const rows: [string, string][] = [
    [w.buyBy, said(errand.buy_by, now, lang)], [w.sheetNumber, errand.sheet],
    [w.registeredPrice, yuan(errand.price)], [w.invoiced, errand.amount ? yuan(errand.amount) : ""],
    [w.advanced, errand.advanced === "0.00" ? "" : yuan(errand.advanced)], [w.inHand, errand.held === "0.00" ? "" : yuan(errand.held)],
  ];
  return (
    <section class="card">
      <h2>{w.wantedGoods}</h2>
      <p class="content">{errand.item}{errand.quantity && ` × ${count(errand.quantity)}`}</p>
      <p class="quiet">{[errand.brand, errand.spec, errand.nature].filter(Boolean).join(" · ")}</p>
      <div class="person">
        <p><span class="label">{w.customer}</span><b>{errand.name}</b>{errand.phone && <><br /><span class="num">{spaced(errand.phone)}</span></>}</p>
        {/^\d+$/.test(errand.phone) && <a class="button round" href={`tel:${errand.phone}`} aria-label={`${w.call} ${errand.phone}`}><Icon name="phone" /></a>}
      </div>
      {rows.filter(([, value]) => value.trim()).map(([name, value]) => <p key={name}><span class="quiet">{name}</span> <span class="num">{value}</span></p>)}
    </section>
  );
}

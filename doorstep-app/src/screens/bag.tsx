// Cash in my bag: what is due to finance, item by item, how it goes there, and what was handed over before.
import { useState } from "preact/hooks";
import { loadDay } from "../api";
import { Empty, Left, RefusalNote, Sheet } from "../parts/bits";
import { asText, fen, sum, yuan } from "../money";
import { submit } from "../queue";
import { useNow, useStore } from "../store";
import { dayTitle, said } from "../time";
import type { Bag as CashBag, Facts, Problem } from "../types";
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
      {(day?.owed ?? []).map((each) => (
        <section class="group" key={each.office}>
          <div class="row plain-row">
            <span class="row-top"><span>{w.owedShort}</span><b class="num">{yuan(each.amount)}</b></span>
            <span class="quiet">{w.owedShortHint} {each.number}</span>
          </div>
        </section>
      ))}
      {before.length > 0 && (
        <section class="group">
          <h2>{w.handedOver}</h2>
          {before.map((bag) => (
            <div class="row plain-row" key={bag.number}>
              <span class="row-top"><span>{dayTitle(new Date(`${bag.day}T12:00:00+08:00`), lang)}</span><b class="num">{yuan(bag.amount ?? bag.expected)}</b></span>
              <span class="quiet"><span class="cap">{bag.status_title}</span> · {bag.envelope ? w.inEnvelope(bag.envelope) : bag.number}</span>
              {bag.unsigned && <Unsigned bag={bag} />}
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
  const [handing, setHanding] = useState<"" | "hand_over" | "seal">("");
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
      <button class="button primary" onClick={() => setHanding("hand_over")}>{w.handOver}</button>
      <button class="button" onClick={() => setHanding("seal")}>{w.sealInstead}</button>
      {handing && <Handing bag={bag} verb={handing} close={() => setHanding("")} />}
    </section>
  );
}

const PIECES = ["100", "50", "20", "10", "5", "2", "1", "0.5", "0.2", "0.1"];

/** Cash goes to finance by hand, or, when finance is away, into a numbered envelope before two witnesses. */
function Handing({ bag, verb, close }: { bag: CashBag; verb: "hand_over" | "seal"; close: () => void }) {
  const { w } = useWords();
  const [amount, setAmount] = useState(bag.expected);
  const [count, setCount] = useState<Record<string, string>>({});
  const [reason, setReason] = useState("");
  const [envelope, setEnvelope] = useState("");
  const [witnesses, setWitnesses] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const pieces: Record<string, number> = Object.fromEntries(
    Object.entries(count).filter(([, many]) => /^\d+$/.test(many) && Number(many) > 0).map(([piece, many]) => [piece, Number(many)]),
  );
  const notes = sum(Object.entries(pieces).map(([piece, many]) => (fen(piece) ?? 0) * many));
  const counted = Object.keys(pieces).length > 0 ? notes : fen(amount);
  const differs = counted !== null && asText(counted) !== bag.expected;
  const send = async (event: Event) => {
    event.preventDefault();
    if (counted === null) return;
    const facts: Facts = { amount: asText(counted), ...(differs ? { difference_reason: reason } : {}) };
    if (Object.keys(pieces).length > 0) facts["count"] = pieces;
    if (verb === "seal") Object.assign(facts, { envelope, witnesses: witnesses.split(/[\s,，、]+/).filter(Boolean) });
    const outcome = await submit({ collection: "handovers", number: bag.number, verb, facts });
    if (outcome.sort === "refused") return setProblem(outcome.problem);
    await loadDay().catch(() => undefined);
    close();
  };
  const title = verb === "seal" ? w.sealTitle(yuan(counted ?? 0)) : w.handOverTitle(yuan(counted ?? 0));
  return (
    <Sheet title={title} close={close}>
      <form class="step" onSubmit={send} noValidate>
        {Object.keys(pieces).length === 0 && <label class="field"><span>{w.counted}</span>
          <input class="figure" inputMode="decimal" value={amount} onInput={(event) => setAmount(event.currentTarget.value)} /></label>}
        <details class="more"><summary>{w.pieces}</summary>
          <div class="pieces">{PIECES.map((piece) => (
            <label key={piece}><span>¥{piece} ×</span>
              <input inputMode="numeric" value={count[piece] ?? ""} onInput={(event) => setCount({ ...count, [piece]: event.currentTarget.value })} /></label>
          ))}</div>
        </details>
        {differs && <label class="field"><span>{w.difference}</span>
          <input value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>}
        {verb === "seal" && <label class="field"><span>{w.envelopeNumber}</span>
          <input value={envelope} onInput={(event) => setEnvelope(event.currentTarget.value)} /></label>}
        {verb === "seal" && <label class="field"><span>{w.witnesses}</span>
          <input value={witnesses} onInput={(event) => setWitnesses(event.currentTarget.value)} /></label>}
        {problem && <RefusalNote verb={verb === "seal" ? w.sealIt : w.verbs["hand_over"] ?? ""} problem={problem} />}
        <button class="button primary" disabled={counted === null}>{verb === "seal" ? w.sealIt : w.handOver}</button>
      </form>
    </Sheet>
  );
}

/** Finance counted another amount: the collector signs it, with the own account of it. */
function Unsigned({ bag }: { bag: CashBag }) {
  const { w } = useWords();
  const [remark, setRemark] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    const outcome = await submit({ collection: "handovers", number: bag.number, verb: "sign_difference", facts: { remark } });
    if (outcome.sort === "refused") return setProblem(outcome.problem);
    await loadDay().catch(() => undefined);
  };
  return (
    <form class="step" onSubmit={send} noValidate>
      <p class="soon">{w.otherCount(yuan(bag.amount ?? "0"))}{bag.difference_reason && ` · ${bag.difference_reason}`}</p>
      <label class="field"><span>{w.ownAccount}</span>
        <input value={remark} onInput={(event) => setRemark(event.currentTarget.value)} /></label>
      {problem && <RefusalNote verb={w.signDifference} problem={problem} />}
      <button class="button primary">{w.signDifference}</button>
    </form>
  );
}

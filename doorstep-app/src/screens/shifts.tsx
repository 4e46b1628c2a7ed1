// My shifts: what is coming, an exchange asked of a colleague, and the answer to one asked of me.
import { useEffect, useState } from "preact/hooks";
import { call, Refusal } from "../api";
import { Empty, Failed } from "../parts/bits";
import { freshKey } from "../queue";
import { dayTitle } from "../time";
import { useWords } from "../words";

interface Shift {
  id: number;
  name: string;
  begins: string;
  ends: string;
}

type Verb = "agree" | "decline" | "withdraw";

interface Swap {
  id: number;
  title: string;
  verbs: Verb[];
  reason: string;
  one: Shift;
  other: Shift;
}

interface Found {
  shifts: Shift[];
  offered: Shift[];
  swaps: Swap[];
}

type Said = (each: Shift) => string;
type Send = (path: string, body?: unknown) => void;

export function Shifts() {
  const { w, lang } = useWords();
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  const [why, setWhy] = useState("");
  const send: Send = (path, body) => {
    setWhy("");
    call<Found>(path, body === undefined ? {} : { method: "POST", body, key: freshKey() }).then(
      (answer) => (setFailed(false), setFound(answer)),
      (error) => (error instanceof Refusal ? setWhy(lang === "en" ? error.problem.why : error.problem.why_zh) : setFailed(true)),
    );
  };
  const load = () => send("/my/shifts");
  useEffect(load, []);
  const said: Said = (each) => `${dayTitle(new Date(each.begins), lang)} ${each.begins.slice(11, 16)}–${each.ends.slice(11, 16)}`;
  return (
    <main class="list">
      <header class="head">
        <h1>{w.shifts}</h1>
      </header>
      {failed && <Failed again={load} />}
      {why && <p class="strip waiting" role="alert">{why}</p>}
      {found && found.swaps.length > 0 && <Waiting swaps={found.swaps} said={said} send={send} />}
      {found?.shifts.length === 0 && <Empty title={w.shiftsEmpty} hint={w.shiftsEmptyHint} />}
      <section class="group">
        {found?.shifts.map((each) => (
          <div class="row plain-row" key={each.id}><b class="num">{said(each)}</b></div>
        ))}
      </section>
      {found && found.shifts.length > 0 && <Asking found={found} said={said} send={send} />}
    </main>
  );
}

function Waiting({ swaps, said, send }: { swaps: Swap[]; said: Said; send: Send }) {
  const { w } = useWords();
  const words = { agree: w.swapAgree, decline: w.swapDecline, withdraw: w.swapWithdraw };
  return (
    <section class="group stack">
      <h2>{w.swapsWait}</h2>
      {swaps.map((each) => (
        <div class="row plain-row" key={each.id}>
          <span><b>{each.one.name}</b> {said(each.one)}</span>
          <span>⇄ <b>{each.other.name}</b> {said(each.other)}</span>
          <span class="quiet">{each.title}{each.reason && ` · ${each.reason}`}</span>
          {each.verbs.map((verb) => (
            <button class={verb === "agree" ? "button strong" : "button"} key={verb} onClick={() => send(`/my/swaps/${each.id}/${verb}`, {})}>{words[verb]}</button>
          ))}
        </div>
      ))}
    </section>
  );
}

function Asking({ found, said, send }: { found: Found; said: Said; send: Send }) {
  const { w } = useWords();
  const [one, setOne] = useState(found.shifts[0]?.id ?? 0);
  const [other, setOther] = useState(found.offered[0]?.id ?? 0);
  const [reason, setReason] = useState("");
  if (found.offered.length === 0) return <p class="quiet">{w.swapNone}</p>;
  return (
    <section class="group stack">
      <h2>{w.swapTitle}</h2>
      <label class="field"><span>{w.swapMine}</span>
        <select name="one" value={one} onChange={(event) => setOne(Number(event.currentTarget.value))}>
          {found.shifts.map((each) => <option value={each.id} key={each.id}>{said(each)}</option>)}
        </select>
      </label>
      <label class="field"><span>{w.swapTheirs}</span>
        <select name="other" value={other} onChange={(event) => setOther(Number(event.currentTarget.value))}>
          {found.offered.map((each) => <option value={each.id} key={each.id}>{each.name} {said(each)}</option>)}
        </select>
      </label>
      <label class="field"><span>{w.swapReason}</span><input maxLength={100} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <button class="button strong" onClick={() => send("/my/swaps", { one, other, reason })}>{w.swapAsk}</button>
    </section>
  );
}

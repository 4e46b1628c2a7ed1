// The resident's own screen on the worker's phone. Every step here is taken with the resident's link, never with the worker's token.
import { useEffect, useRef, useState } from "preact/hooks";
import { loadDay } from "../api";
import { isCleaning, isForResident } from "../flow";
import { yuan } from "../money";
import { Items, type Failed } from "../parts/items";
import { padOn, type Pad } from "../pad";
import { submit } from "../queue";
import { go } from "../route";
import type { Facts, Order } from "../types";
import type { Visiting } from "../visiting";
import { useWords } from "../words";
import { Bill } from "./facts";

type Send = (verb: string, facts: Facts, thanks: string, drawing?: string) => Promise<boolean>;

export function Resident({ visiting, order }: { visiting: Visiting; order: Order }) {
  const { w } = useWords();
  const [thanks, setThanks] = useState("");
  const [changed, setChanged] = useState(false);
  const [busy, setBusy] = useState(false);
  const link = order.resident_link?.split("/").pop() ?? "";
  const send: Send = async (verb, facts, said, drawing) => {
    if (busy) return false;
    setBusy(true);
    const outcome = await submit({ collection: "orders", number: order.number, verb, facts, as: link, ...(drawing ? { drawing } : {}) });
    setBusy(false);
    setChanged(outcome.sort === "refused");
    if (outcome.sort !== "refused") setThanks(outcome.sort === "waiting" ? w.residentWaits : said);
    await Promise.all([visiting.reload(), loadDay().catch(() => undefined)]);
    return outcome.sort !== "refused";
  };
  const back = () => go(`/visit/${order.number}`, true);
  return (
    <main class="resident">
      <header><span class="label">{visiting.known?.office.company}</span><span class="quiet">{order.unit}</span></header>
      <div class="resident-body">
        {thanks ? <Thanks text={thanks} />
          : order.status === "quoted" ? <Consent order={order} send={send} busy={busy} />
          : isForResident(order) ? <Accept order={order} send={send} busy={busy} />
          : <Thanks text={w.nothingToDo} />}
        {changed && <p class="refusal" role="alert">{w.changedMeanwhile}</p>}
        {!thanks && visiting.known && <Scan svg={visiting.known.qr} />}
      </div>
      <footer><button class={thanks ? "button primary" : "button"} onClick={back}>{w.backToWorker}</button></footer>
    </main>
  );
}

function Thanks({ text }: { text: string }) {
  const { w } = useWords();
  return <div class="thanks" role="status"><h1>{text}</h1><p>{w.handBack}</p></div>;
}

/** The same page on the resident's own phone. */
function Scan({ svg }: { svg: string }) {
  const { w } = useWords();
  return <details class="scan"><summary>{w.residentQr}</summary><div class="qr" dangerouslySetInnerHTML={{ __html: svg }} /></details>;
}

interface Part {
  order: Order;
  send: Send;
  busy: boolean;
}

function Consent({ order, send, busy }: Part) {
  const { w } = useWords();
  const [not, setNot] = useState(false);
  return (
    <>
      <h1>{w.pleaseLook}</h1>
      <p class="amount num">{yuan(order.due)}</p>
      <Bill order={order} />
      <p>{not ? w.disagreeText : w.beforeWork}</p>
      <button class="button primary" disabled={busy} onClick={() => void send("consent", { amount: order.due }, w.thanksAgreed)}>{w.iAgree(yuan(order.due))}</button>
      {!not && <button class="button" onClick={() => setNot(true)}>{w.iDisagree}</button>}
      {not && order.actions.some((each) => each.verb === "refuse_price") && (
        <button class="button" disabled={busy} onClick={() => void send("refuse_price", {}, w.thanksRefused)}>{w.refuse(yuan(order.due))}</button>
      )}
    </>
  );
}

function Accept({ order, send, busy }: Part) {
  const { w } = useWords();
  const { typed: { stars, opinion }, type, forget } = useTyped(order.number);
  const [failed, setFailed] = useState<Failed>({});
  const again = Object.entries(failed).map(([item, remark]) => (remark ? `${item}：${remark}` : item));
  const [drawing, setDrawing] = useState("");
  const [signing, setSigning] = useState(false);
  const [objecting, setObjecting] = useState(false);
  const [pressed, setPressed] = useState(false);
  const items = isCleaning(order) ? (order.items ?? []) : [];
  const [looked, setLooked] = useState(items);
  const open = items.find((item) => !looked.includes(item));
  const lacks = open ? w.partFirst(open) : stars === 0 ? w.starsFirst : drawing ? "" : w.signFirst;
  const confirm = () => {
    setPressed(true);
    if (lacks) return;
    const said = { rating: stars, ...(opinion.trim() ? { opinion: opinion.trim() } : {}), ...(isCleaning(order) ? { parts: items } : {}) };
    void send("sign", said, w.thanksSigned, drawing).then((sent) => sent && forget());
  };
  if (objecting) return <Objection send={send} busy={busy} />;
  return (
    <>
      <h1>{isCleaning(order) ? w.pleaseAccept : w.pleaseCheck}</h1>
      {order.summary && <p class="content">{order.summary}</p>}
      {order.due === "0.00" ? <p class="amount">{w.free}</p> : <><p class="amount num">{yuan(order.due)}</p><Bill order={order} /></>}
      {isCleaning(order) && <Items items={items} looked={looked} look={(item) => setLooked([...looked, item])} failed={failed} change={setFailed} />}
      {again.length > 0 ? (
        <button class="button primary" disabled={busy} onClick={() => void send("object", { items: again }, w.sorryNoted)}>{w.doAgain}</button>
      ) : (
        <>
          <Stars given={stars} give={(given) => type({ stars: given })} />
          <label class="field"><span>{w.opinion}</span><textarea name="opinion" rows={2} value={opinion} onInput={(event) => type({ opinion: event.currentTarget.value })} /></label>
          <button class={drawing ? "signature" : "signature empty"} onClick={() => setSigning(true)}>
            {drawing ? <img src={drawing} alt={w.signed} /> : w.signHere}
            {drawing && <small>{w.signAgain}</small>}
          </button>
          {pressed && lacks && <p class="strip soon" role="alert">{lacks}</p>}
          <button class="button primary" disabled={busy} onClick={confirm}>{w.confirmSign}</button>
          {!isCleaning(order) && <button class="button" onClick={() => setObjecting(true)}>{w.notRight}</button>}
        </>
      )}
      {signing && <Sign done={(made) => (setDrawing(made), setSigning(false))} close={() => setSigning(false)} />}
    </>
  );
}

/** What the resident has chosen and typed so far; it outlives a reload, until it is sent. */
function useTyped(number: string) {
  const place = `menling.draft.${number}.sign`;
  const [typed, setTyped] = useState(() => ({ stars: 0, opinion: "", ...(JSON.parse(localStorage.getItem(place) ?? "{}") as object) }));
  useEffect(() => localStorage.setItem(place, JSON.stringify(typed)), [place, typed]);
  const type = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  return { typed, type, forget: () => localStorage.removeItem(place) };
}

function Stars({ given, give }: { given: number; give: (stars: number) => void }) {
  const { w } = useWords();
  return (
    <fieldset class="stars">
      <legend>{w.howWasIt}</legend>
      <div>
        {[1, 2, 3, 4, 5].map((n) => (
          <label key={n} class={n <= given ? "lit" : ""}>
            <input type="radio" name="rating" value={n} checked={n === given} onChange={() => give(n)} />
            <span class="star" aria-hidden="true">★</span><span class="word">{w.stars[n]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Objection({ send, busy }: { send: Send; busy: boolean }) {
  const { w } = useWords();
  const [reason, setReason] = useState("");
  return (
    <>
      <h1>{w.whatNotRight}</h1>
      <label class="field"><textarea name="reason" rows={4} aria-label={w.whatNotRight} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <button class="button primary" disabled={busy || !reason.trim()} onClick={() => void send("object", { reason: reason.trim() }, w.sorryNoted)}>{w.tellWorker}</button>
    </>
  );
}

/** The whole screen to sign on. */
function Sign({ done, close }: { done: (drawing: string) => void; close: () => void }) {
  const { w } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const made = padOn(canvas.current);
    pad.current = made;
    return made.stop;
  }, []);
  return (
    <div class="sign-full" role="dialog" aria-label={w.signFull}>
      <p>{w.signFull}</p>
      <canvas ref={canvas} />
      <div class="dock-row">
        <button class="button" onClick={close}>{w.back}</button>
        <button class="button" onClick={() => pad.current?.clear()}>{w.clear}</button>
        <button class="button primary" onClick={() => pad.current && !pad.current.isEmpty() && done(pad.current.drawing())}>{w.signDone}</button>
      </div>
    </div>
  );
}

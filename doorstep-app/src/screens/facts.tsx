// What is known of a visit: the request, the people, photos, material and price, and what happened before.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Refusal, Unreachable, upload } from "../api";
import { agreed, actionsOf, isCleaning, toRedo } from "../flow";
import { count, fen, spaced, yuan } from "../money";
import { Left, Photo, PromiseWords } from "../parts/bits";
import { Icon } from "../parts/icons";
import { smaller } from "../photos";
import { useNow } from "../store";
import { atDoor, foremost, running, said } from "../time";
import type { Background, Order } from "../types";
import type { Visiting } from "../visiting";
import { useWords, whyOf } from "../words";

export function Facts({ order, visiting, children }: { order: Order; visiting: Visiting; children: ComponentChildren }) {
  const { w } = useWords();
  const open = new Set(actionsOf(order).map((each) => each.verb));
  return (
    <>
      <Asked order={order} known={visiting.known} />
      <Urgent order={order} visiting={visiting} />
      <section class="tiles">
        {open.has("add_photo") && <Camera order={order} visiting={visiting} />}
        {open.has("add_material") && <a class="tile" href={`#/visit/${order.number}/material`}><Icon name="material" />{w.materials}</a>}
        {!isCleaning(order) && <a class="tile" href={`#/visit/${order.number}/prices`}><Icon name="prices" />{w.prices}</a>}
      </section>
      <Bill order={order} />
      {children}
      {order.photos.length > 0 && (
        <section class="card"><h2>{w.photos}</h2>
          <div class="photos">{order.photos.map((digest, n) => <Photo key={digest} digest={digest} label={`${w.photos} ${n + 1}`} />)}</div>
        </section>
      )}
      {order.summary && <section class="card"><h2>{w.summary}</h2><p>{order.summary}</p>
        {order.rating && <p class="quiet">{w.signedRated(order.rating)}{order.opinion && `：${order.opinion}`}</p>}</section>}
      <Told known={visiting.known} />
      <Before order={order} />
      <Promises order={order} />
    </>
  );
}

function Asked({ order, known }: { order: Order; known: Background | null }) {
  const { w } = useWords();
  const owner = order.legal_owner && order.legal_owner !== order.reporter ? order.legal_owner : "";
  const role = known?.reporter_role ? w.roles[known.reporter_role] : "";
  const dial = /^\d+$/.test(order.phone);
  return (
    <section class="card asked">
      <p class="content">{order.job && <span class="label">{w.alarmJobs[order.job] ?? order.job}</span>}{order.content}</p>
      {toRedo(order).length > 0 && <p class="strip soon">{w.toRedo}：{toRedo(order).join("；")}</p>}
      {(order.workers?.length ?? 0) > 1 && <p><span class="label">{w.crew}</span>{order.workers?.map((each) => each.name).join("、")}</p>}
      {order.requirements && <p><span class="label">{w.requirements}</span>{order.requirements}</p>}
      {known?.special_care && <p class="strip soon">{w.care}：{known.special_care}</p>}
      {known?.under_warranty && <p class="strip">{w.warranty(known.warranty_until ?? "")}</p>}
      <div class="person">
        <p>
          <span class="label">{w.reporter}</span><b>{order.reporter}</b> {role && <span class="quiet">{role}</span>}
          {order.phone && <><br /><span class="num">{spaced(order.phone)}</span></>}
          {owner && <><br /><span class="label">{w.legalOwner}</span>{owner}</>}
        </p>
        {dial && <a class="button round" href={`tel:${order.phone}`} aria-label={`${w.call} ${order.phone}`}><Icon name="phone" /></a>}
      </div>
    </section>
  );
}

/** The list of an emergency: what is done, and one tap for what is not; and what is unsafe in this home. */
function Urgent({ order, visiting }: { order: Order; visiting: Visiting }) {
  const { w } = useWords();
  const open = new Set(actionsOf(order).map((each) => each.verb));
  const list = order.emergency ?? [];
  const unsafe = (order.hazards ?? []).filter((each) => !each.removed);
  if (list.length === 0 && unsafe.length === 0) return null;
  return (
    <section class="card urgent-list">
      {list.length > 0 && <h2>{w.emergencyList}</h2>}
      {order.hazards_told && <p class="strip soon">{w.dangerousThere}：{order.hazards_told}</p>}
      {list.map((each) => (
        <p key={each.duty} class={each.done ? "duty quiet" : "duty"}>
          <span>{each.done ? "✓" : "○"} {each.title} {each.by && <span class="quiet">{each.by}</span>}</span>
          {!each.done && open.has("check_off") && (
            <button class="plain" onClick={() => void visiting.take("check_off", { duty: each.duty })}>{w.verbs["check_off"]}</button>
          )}
        </p>
      ))}
      {unsafe.map((each) => <p key={each.what} class="strip soon">{w.unsafe}：{each.what}</p>)}
    </section>
  );
}

function Camera({ order, visiting }: { order: Order; visiting: Visiting }) {
  const { w, lang } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setTrouble("");
    try {
      const digest = await upload(order.number, await smaller(file), "photo");
      await visiting.take("add_photo", { photo: digest });
    } catch (error) {
      setTrouble(error instanceof Refusal ? whyOf(error.problem, lang) : error instanceof Unreachable ? w.noNetwork : w.again);
    } finally {
      setBusy(false);
      if (input.current) input.current.value = "";
    }
  };
  return (
    <label class={busy ? "tile busy" : "tile"}>
      <Icon name="camera" />{w.takePhoto}
      <input ref={input} type="file" accept="image/*" capture="environment" disabled={busy} onChange={(event) => void take(event.currentTarget.files?.[0])} />
      {trouble && <small role="alert">{trouble}</small>}
    </label>
  );
}

export function Bill({ order }: { order: Order }) {
  const { w, lang } = useWords();
  const lines = [...order.quote, ...order.materials];
  if (lines.length === 0) return null;
  const paid = order.related.some((each) => each.kind === "charge" && each.status === "collected");
  const how = order.agreed !== null && agreed(order) ? w.agreedBy[order.agreed_how] : "";
  return (
    <section class="card">
      <h2>{w.price}</h2>
      <table class="bill">
        <tbody>
          {lines.map((line, n) => (
            <tr key={n}><th scope="row">{(lang === "en" && line.name_en) || line.name}{fen(line.quantity) !== 100 && <small class="num"> × {count(line.quantity)}</small>}{line.under && <small class="why">{w.sameBlock(line.under)}</small>}</th><td class="num">{line.under ? yuan(line.amount) : orFree(line.amount, w.free)}</td></tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row">{w.total}</th><td class="num">{orFree(order.due, w.free)}</td></tr></tfoot>
      </table>
      {paid && <p><b>{w.collected}</b></p>}
      {how ? <p class="quiet">{how}</p> : !agreed(order) && <p class="strip soon">{w.notAgreed}</p>}
    </section>
  );
}

/** An amount, or the word for what costs nothing. */
const orFree = (amount: string, free: string): string => (fen(amount) === 0 ? free : yuan(amount));

function Told({ known }: { known: Background | null }) {
  const { w } = useWords();
  if (!known || known.warnings.length + known.damages.length === 0) return null;
  return (
    <section class="card">
      {known.warnings.length > 0 && <h2>{w.warnings}</h2>}
      {known.warnings.map((each) => <p key={each.about}>{w.abouts[each.about]}：{each.told} <b>{each.consented ? w.agreed : w.notConsented}</b></p>)}
      {known.damages.length > 0 && <h2>{w.damages}</h2>}
      {known.damages.map((each, n) => <p key={n}>{each.item} <b class="num">{yuan(each.price)}</b></p>)}
    </section>
  );
}

function Before({ order }: { order: Order }) {
  const { w, lang } = useWords();
  const now = useNow(60);
  const visits = order.earlier_visits ?? [];
  if (visits.length === 0) return null;
  return (
    <section class="card">
      <h2>{w.earlierVisits}</h2>
      {visits.map((each, n) => (
        <p key={n}>{said(each.arrived_at, now, lang)} <b>{each.worker}</b> <span class="quiet">{w.outcomes[each.outcome] ?? each.outcome}</span></p>
      ))}
    </section>
  );
}

function Promises({ order }: { order: Order }) {
  const { w } = useWords();
  const now = useNow();
  const first = foremost(order.deadlines, now);
  const rest = running(order.deadlines).filter((each) => each !== first && !atDoor(each));
  if (rest.length === 0) return null;
  return (
    <section class="card">
      <h2>{w.otherPromises}</h2>
      {rest.map((each) => <p class="promise-line" key={each.key}><PromiseWords promise={each} now={now} /> <Left promise={each} now={now} /></p>)}
    </section>
  );
}

// My jobs: what wants to be acknowledged, what I am at, what comes next.
import { loadDay } from "../api";
import { isAlarm, isCleaning, isParked, placeOf, type Place } from "../flow";
import { count, yuan } from "../money";
import { Empty, Failed, Left, PromiseWords } from "../parts/bits";
import { flush, useQueue } from "../queue";
import { useNow, useStore } from "../store";
import { atDoor, dayOf, dayTitle, doorAhead, foremost, said } from "../time";
import type { ErrandLine, Line } from "../types";
import { useWords } from "../words";

const when = (line: Line): string => line.visit_at ?? line.reported_at;
const byTime = (one: Line, other: Line): number => when(one).localeCompare(when(other));

export function Jobs() {
  const { w, lang } = useWords();
  const { day, online, name } = useStore();
  const now = useNow();
  if (!day) return <main class="list">{online ? <p class="loading">{w.loading}</p> : <Failed again={() => void loadDay().catch(() => undefined)} />}</main>;
  const of = (place: Place) => day.orders.filter((each) => placeOf(each) === place).sort(byTime);
  const [unseen, at, coming] = [of("unseen"), of("now"), of("next")];
  const [today, later] = [coming.filter((each) => isToday(each, now)), coming.filter((each) => !isToday(each, now))];
  const first = at.length === 0 ? today.slice(0, 1) : [];
  return (
    <main class="list">
      <header class="head">
        <h1>{dayTitle(now, lang)}</h1>
        <p class="quiet">{name}</p>
      </header>
      {!online && <p class="strip paused">{w.offline}</p>}
      <Waiting />
      {day.orders.length + (day.errands ?? []).length === 0 && <Empty title={w.noJobs} hint={w.noJobsHint} />}
      <Group title={w.unseen} rows={unseen} now={now} big />
      <Group title={w.next} rows={[...at, ...first]} now={now} big />
      <Group title={w.today} rows={today.slice(first.length)} now={now} />
      <Errands rows={day.errands ?? []} now={now} />
      <Group title={w.closing} rows={of("closing")} now={now} />
      <Group title={w.later} rows={later} now={now} />
      <Group title={w.parked} rows={of("parked")} now={now} quiet />
      <Group title={w.doneToday} rows={of("done")} now={now} quiet />
    </main>
  );
}

const isToday = (line: Line, now: Date): boolean => dayOf(new Date(when(line))) <= dayOf(now);

function Waiting() {
  const { w } = useWords();
  const steps = useQueue();
  if (steps.length === 0) return null;
  return (
    <p class="strip waiting" role="status">
      {w.waitingSteps(steps.length)} <button class="plain" onClick={() => void flush()}>{w.sendNow}</button>
    </p>
  );
}

/** What to buy for residents, the first one to be bought on top. */
function Errands({ rows, now }: { rows: ErrandLine[]; now: Date }) {
  const { w } = useWords();
  if (rows.length === 0) return null;
  return (
    <section class="group">
      <h2>{w.errands}</h2>
      {rows.map((row) => {
        const promise = foremost(row.deadlines, now);
        return (
          <a key={row.number} class="row" href={`#/errand/${row.number}`}>
            <span class="row-top"><b class="unit">{row.unit}</b>{promise && <Left promise={promise} now={now} />}</span>
            {promise && <span class="quiet"><PromiseWords promise={promise} now={now} /></span>}
            <span class="content"><span class="label">{w.errand}</span>{row.item}{row.quantity && ` × ${count(row.quantity)}`}</span>
            <span class="quiet cap">{row.status_title}</span>
          </a>
        );
      })}
    </section>
  );
}

interface GroupShown {
  title: string;
  rows: Line[];
  now: Date;
  big?: boolean;
  quiet?: boolean;
}

function Group({ title, rows, now, big, quiet }: GroupShown) {
  if (rows.length === 0) return null;
  return (
    <section class={quiet ? "group quiet-group" : "group"}>
      <h2>{title}</h2>
      {rows.map((line) => <Row key={line.number} line={line} now={now} big={big ?? false} />)}
    </section>
  );
}

function Row({ line, now, big }: { line: Line; now: Date; big: boolean }) {
  const { w } = useWords();
  const promise = isParked(line.status) || placeOf(line) === "done" ? undefined : foremost(line.deadlines, now);
  const door = promise && doorAhead(line.deadlines, promise);
  const notice = line.status === "cancelled" ? w.cancelled : !line.seen && line.status !== "dispatched" ? w.changed : "";
  if (line.address === "masked") return <Over line={line} now={now} notice={notice} big={big} />;
  return (
    <a class={big ? "row big" : "row"} href={`#/visit/${line.number}`}>
      <span class="row-top">
        <b class="unit">{line.unit}</b>
        {promise && <Left promise={promise} now={now} />}
      </span>
      {promise && <span class={atDoor(promise) || door ? "promise" : "quiet"}><PromiseWords promise={promise} now={now} /></span>}
      {door && <span class="quiet"><PromiseWords promise={door} now={now} /></span>}
      <span class="content">{line.urgency === "emergency" && <em class="urgent">{w.emergency}</em>}{isCleaning(line) && <span class="label">{w.housekeeping}</span>}{isAlarm(line) && <span class="label">{w.alarm}</span>}{line.content}</span>
      <span class="quiet cap">{notice || line.status_title}</span>
    </a>
  );
}

/** A visit that is over: its address is not told any more, so it is known by its work, its time and its number (OI-4.2). */
function Over({ line, now, notice, big }: { line: Line; now: Date; notice: string; big: boolean }) {
  const { lang } = useWords();
  return (
    <a class={big ? "row big" : "row"} href={`#/visit/${line.number}`}>
      <span class="row-top"><b class="content">{line.content}</b>{line.due !== "0.00" && <b class="num">{yuan(line.due)}</b>}</span>
      <span class="quiet num">{said(when(line), now, lang)} · {line.number}</span>
      <span class="quiet cap">{notice || line.status_title}</span>
    </a>
  );
}

// Who I am, which language, and the way out.
import { useState } from "preact/hooks";
import { giveBack, leaveSession, loadDay } from "../api";
import { queued } from "../queue";
import { set, useStore } from "../store";
import { useWords } from "../words";

export function Me() {
  const { w, lang } = useWords();
  const { name, number } = useStore();
  const [asking, setAsking] = useState(false);
  const leave = async () => {
    await leaveSession();
    await giveBack();
  };
  const speak = () => {
    set({ lang: lang === "en" ? "zh" : "en" });
    void loadDay().catch(() => undefined); // the server names its statuses in the language asked for
  };
  return (
    <main class="list">
      <header class="head">
        <h1>{name}</h1>
        <p class="quiet">{w.workNumber} {number}</p>
      </header>
      <section class="group stack">
        <a class="button" href="#/month">{w.month}</a>
        <a class="button" href="#/shifts">{w.shifts}</a>
        <button class="button" onClick={speak}>{w.language}</button>
        {queued().length > 0 && <p class="strip waiting">{w.waitingSteps(queued().length)}</p>}
        {asking && <p>{w.logoutAsk}</p>}
        <button class={asking ? "button strong" : "button"} onClick={() => (asking ? void leave() : setAsking(true))}>{w.logout}</button>
      </section>
    </main>
  );
}

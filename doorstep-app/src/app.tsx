// The app: log in, then four screens and the visit.
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { entered, giveBack, loadDay } from "./api";
import { Tabs } from "./parts/tabs";
import { keepTrying } from "./queue";
import { useRoute } from "./route";
import { Bag } from "./screens/bag";
import { ErrandView } from "./screens/errand";
import { Jobs } from "./screens/jobs";
import { Login } from "./screens/login";
import { Me } from "./screens/me";
import { Messages } from "./screens/messages";
import { MonthView } from "./screens/month";
import { Shifts } from "./screens/shifts";
import { Visit } from "./screens/visit";
import { get, set, useStore } from "./store";
import "./style/base.css";
import "./style/parts.css";
import "./style/visit.css";
import "./style/resident.css";
import { useWords } from "./words";

const DAY_EVERY = 15_000;

function App() {
  const { token, lang } = useStore();
  useEffect(() => void (document.documentElement.lang = lang === "en" ? "en" : "zh-Hans"), [lang]);
  return token ? <Day /> : <Login />;
}

function Day() {
  const route = useRoute();
  const { w } = useWords();
  useEffect(() => {
    const look = () => void (document.hidden || loadDay().catch(() => undefined));
    look();
    const timer = setInterval(look, DAY_EVERY);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  const visiting = route.screen === "visit" || route.screen === "errand";
  return (
    <div class={visiting ? "frame visiting" : "frame"}>
      <div class="pane-list">
        {route.screen === "cash" ? <Bag /> : route.screen === "messages" ? <Messages /> : route.screen === "me" ? <Me /> : route.screen === "month" ? <MonthView /> : route.screen === "shifts" ? <Shifts /> : <Jobs />}
        <Tabs here={visiting ? "jobs" : route.screen === "month" || route.screen === "shifts" ? "me" : route.screen} />
      </div>
      <div class="pane-visit">
        {route.screen === "errand" ? <ErrandView key={route.number} number={route.number} /> : route.screen === "visit" ? <Visit key={route.number} number={route.number} over={route.over} /> : <p class="notice">{w.notice}</p>}
      </div>
    </div>
  );
}

/** Who came in at the log-in page is not asked a second time, and does not act with what somebody else left on this device. */
async function begin(): Promise<void> {
  const sits = document.getElementById("app")?.dataset["number"];
  if (sits && get().token && get().number !== sits) await giveBack();
  const known = get().token ? undefined : await entered();
  if (known) set({ token: known.token, name: known.name, number: known.number, lang: known.language === "en" ? "en" : "zh" });
  keepTrying();
  const root = document.getElementById("app");
  if (root) render(<App />, root);
}

// A page the browser kept whole and brings back by its arrow may be of who sat here before.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
void begin();

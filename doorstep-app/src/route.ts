// The address after the hash: which screen, of which order.
import { useEffect, useState } from "preact/hooks";

export type Route =
  | { screen: "jobs" | "cash" | "messages" | "me" | "month" | "shifts" }
  | { screen: "errand"; number: string }
  | { screen: "visit"; number: string; over: "" | "prices" | "material" | "resident" };

export function parse(hash: string): Route {
  const [first = "", number = "", over = ""] = hash.replace(/^#\/?/, "").split("/");
  if (first === "visit" && number) {
    return { screen: "visit", number, over: over === "prices" || over === "material" || over === "resident" ? over : "" };
  }
  if (first === "errand" && number) return { screen: "errand", number };
  const known = first === "cash" || first === "messages" || first === "me" || first === "month" || first === "shifts";
  return { screen: known ? first : "jobs" };
}

export function go(path: string, replace = false): void {
  if (replace) history.replaceState(null, "", `#${path}`);
  else history.pushState(null, "", `#${path}`);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parse(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parse(location.hash));
    follow(); // the address may have changed since the first drawing, before anybody listened
    window.addEventListener("hashchange", follow);
    window.addEventListener("popstate", follow);
    return () => {
      window.removeEventListener("hashchange", follow);
      window.removeEventListener("popstate", follow);
    };
  }, []);
  return route;
}

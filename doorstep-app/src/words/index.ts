import { useStore } from "../store";
import type { Lang, Problem } from "../types";
import { en } from "./en";
import { zh, type Words } from "./zh";

export type { Words };
export const words = (lang: Lang): Words => (lang === "en" ? en : zh);

/** The words of the language chosen, and that language. */
export function useWords(): { w: Words; lang: Lang } {
  const { lang } = useStore();
  return { w: words(lang), lang };
}

export const whyOf = (problem: Problem, lang: Lang): string => (lang === "en" ? problem.why : problem.why_zh) || problem.why;

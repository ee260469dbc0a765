/** The page: asks for the report, again while the capture runs, and shows it, or what stands in its way. */
import { get, openSession, Refusal, takeTokenFromAddress } from "./api.ts";
import { byId } from "./dom.ts";
import { ReportView } from "./report-view.ts";
import { errorState, loadingState, tokenState } from "./states.ts";
import { summaryView } from "./summary.ts";

/** How often a running capture is looked at again. */
const everyMs = 1000;

const view = new ReportView();

async function load(token: string | undefined): Promise<void> {
  show(loadingState());
  try {
    if (token !== undefined) await openSession(token);
    while (await showReport()) await new Promise((resolve) => setTimeout(resolve, everyMs));
  } catch (error) {
    show(stateOf(error));
  }
  byId("content").setAttribute("aria-busy", "false");
}

/** @returns whether the capture goes on */
async function showReport(): Promise<boolean> {
  const report = await get("/api/report");
  document.title = `${report.source.name} · pcs analyze`;
  byId("summary").replaceChildren(summaryView(report));
  show(...view.show(report));
  byId("content").setAttribute("aria-busy", "false");
  return report.live ?? false;
}

function stateOf(error: unknown): HTMLElement {
  if (error instanceof Refusal && error.code === "token_needed") return tokenState(undefined, retry);
  if (error instanceof Refusal && error.code === "wrong_token") return tokenState(error.message, retry);
  const sentence = error instanceof Refusal ? error.message : "pcs cannot be reached. Is it still running?";
  return errorState(sentence, retry);
}

function retry(token?: string): void {
  void load(token);
}

function show(...content: HTMLElement[]): void {
  byId("content").replaceChildren(...content);
}

await load(takeTokenFromAddress());

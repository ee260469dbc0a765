/** The page: opens the data it is about, and shows the dashboard, or what stands in its way. */
import { post, ServerData, takeTokenFromAddress } from "./api.ts";
import { Refusal, sentenceOf } from "./refusal.ts";
import { createDashboard } from "./dashboard.ts";
import type { DataSource } from "./data-source.ts";
import { byId } from "../lib/dom.ts";
import { EmbeddedData } from "./embedded-data.ts";
import { errorState, loadingState, tokenState } from "./states.ts";

async function load(token: string | undefined): Promise<void> {
  byId("content").replaceChildren(loadingState());
  try {
    const dashboard = createDashboard(await openData(token));
    byId("summary").replaceChildren(dashboard.header);
    byId("content").replaceChildren(dashboard.content);
    dashboard.start();
  } catch (error) {
    byId("content").replaceChildren(stateOf(error));
  }
  byId("content").setAttribute("aria-busy", "false");
}

/** A report file brings its data; else the server is asked whether it lets us in. */
async function openData(token: string | undefined): Promise<DataSource> {
  const embedded = document.getElementById("pcs-data")?.textContent;
  if (embedded !== undefined) return new EmbeddedData(embedded ?? "");
  if (token !== undefined) await post("/api/session", { token });
  const data = new ServerData();
  await data.get("/api/captures", {});
  return data;
}

function stateOf(error: unknown): HTMLElement {
  if (error instanceof Refusal && error.code === "token_needed") return tokenState(undefined, retry);
  if (error instanceof Refusal && error.code === "wrong_token") return tokenState(error.message, retry);
  return errorState(sentenceOf(error), retry);
}

function retry(token?: string): void {
  void load(token);
}

await load(takeTokenFromAddress());

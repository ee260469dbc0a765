/** The state of the page and its address, tested without a browser. */
import { describe, expect, test } from "bun:test";
import { routeAddress } from "../../../public/analyzer/route-address.ts";
import { SharedRequests } from "../../../public/analyzer/shared-requests.ts";
import {
  bothFilters,
  changeSelection,
  firstState,
  formatViewState,
  isFiltered,
  parseViewState,
  selectionKey,
  type ViewState,
} from "../../../public/analyzer/view-state.ts";
import { ViewStore, type AddressBar } from "../../../public/analyzer/view-store.ts";

const full: ViewState = {
  selection: {
    capture: "2",
    q: "src 10.0.0.0/8 and not (tcp.port 443 or dns) # ü&=",
    src: "10.0.0.0/8",
    dst: "2001:db8::1",
    protocol: "tls",
    port: "443",
    from: "1700000000.25",
    to: "1700000100",
  },
  tab: "packets",
  packet: 12,
  flow: 7,
  compare: "1",
  measure: "packets",
  split: "stacked",
  follow: true,
};

describe("the address", () => {
  test("holds the whole state, and nothing of the first one", () => {
    expect(parseViewState(formatViewState(full))).toEqual(full);
    expect(parseViewState(formatViewState(firstState))).toEqual(firstState);
    expect(formatViewState(firstState)).toBe("");
    expect(formatViewState({ ...firstState, selection: { src: "10.0.0.0/8", dst: "::1" } })).toBe(
      "?src=10.0.0.0/8&dst=::1",
    );
  });

  test.each([
    ["?tab=nowhere&measure=&split=7", firstState],
    ["?packet=0&flow=-1", firstState],
    ["?packet=1e3&flow=9999999999999999999", firstState],
    ["?q=%20&src=&follow=yes&other=1", firstState],
    ["?%", firstState],
  ])("%s is as if it were not there", (search, state) => {
    expect(parseViewState(search)).toEqual(state);
  });

  test("a filter that the server will refuse stays, so that it can be mended", () => {
    expect(parseViewState("?src=nonsense&q=((").selection).toEqual({ src: "nonsense", q: "((" });
  });
});

test("parts of the selection change one by one, and blanks take them away", () => {
  expect(changeSelection({ src: "::1", port: "1" }, { src: undefined, q: " dns " })).toEqual({
    q: "dns",
    port: "1",
  });
  expect(isFiltered({ capture: "2" })).toBe(false);
  expect(isFiltered({ to: "5" })).toBe(true);
  expect(selectionKey({ src: "a" })).toBe(selectionKey({ src: "a" }));
  expect(selectionKey({ src: "a" })).not.toBe(selectionKey({ dst: "a" }));
});

test.each([
  [undefined, "dns", "dns"],
  ["  ", "dns", "dns"],
  ["dns", "dns", "dns"],
  ["tls", "dns", "tls and dns"],
  ["tls or dns", "host ::1", "(tls or dns) and host ::1"],
  ["tls", "a || b", "tls and (a || b)"],
])("%s narrowed by %s", (first, second, both) => {
  expect(bothFilters(first, second)).toBe(both);
});

describe("the store", () => {
  test("tells its listeners, and puts steps into the history", () => {
    const { bar, steps, goTo } = addressBar("?tab=flows");
    const store = new ViewStore(bar);
    const told: ViewState[] = [];
    const end = store.subscribe((state) => told.push(state));
    store.set({ packet: 3 });
    store.select({ src: "10.0.0.1" });
    store.select({ to: "5" }, "replace");
    store.select({ to: "5" });
    store.narrow("dns", { tab: "packets" });
    goTo("?tab=hosts");
    end();
    store.set({ tab: "overview" });
    expect(steps).toEqual([
      "push /?tab=flows&packet=3",
      "push /?src=10.0.0.1&tab=flows",
      "replace /?src=10.0.0.1&to=5&tab=flows",
      "push /?q=dns&src=10.0.0.1&to=5&tab=packets",
      "push /",
    ]);
    expect(told.map(({ tab }) => tab)).toEqual(["flows", "flows", "flows", "packets", "hosts"]);
    expect(told.at(-1)).toEqual({ ...firstState, tab: "hosts" });
  });
});

test("the parameters of a route go into its path and its query", () => {
  expect(routeAddress("/api/report", {})).toBe("/api/report");
  expect(routeAddress("/api/report", { q: "a&b", src: undefined })).toBe("/api/report?q=a%26b");
  expect(routeAddress("/api/packets/:number", { number: "7", capture: "2" })).toBe(
    "/api/packets/7?capture=2",
  );
});

describe("who asks the same at the same time", () => {
  test("shares one answer, and one fault", async () => {
    let asked = 0;
    const requests = new SharedRequests();
    const load = (): Promise<number> => Promise.resolve(++asked);
    const two = [requests.get("a", undefined, load), requests.get("a", undefined, load)];
    expect(await Promise.all(two)).toEqual([1, 1]);
    expect(await requests.get("a", undefined, load)).toBe(2);
    const failed = await Promise.allSettled([
      requests.get("b", undefined, refuse),
      requests.get("b", undefined, refuse),
    ]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  test("gives up only when the last one has gone", async () => {
    const requests = new SharedRequests();
    const signals: AbortSignal[] = [];
    const never = (signal: AbortSignal): Promise<never> => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const answers = Promise.allSettled([
      requests.get("a", first.signal, never),
      requests.get("a", second.signal, never),
    ]);
    first.abort();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    second.abort();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await requests.get("a", undefined, () => Promise.resolve("anew"))).toBe("anew");
    const late = await Promise.allSettled([requests.get("a", first.signal, never)]);
    expect(late[0]?.status).toBe("rejected");
    expect(signals).toHaveLength(1);
  });
});

function refuse(): Promise<number> {
  return Promise.reject(new Error("no"));
}

function addressBar(search: string): { bar: AddressBar; steps: string[]; goTo: (search: string) => void } {
  const steps: string[] = [];
  const location = { search, pathname: "/" };
  const listeners: (() => void)[] = [];
  const step =
    (how: string) =>
    (_data: null, _title: string, address: string): void => {
      steps.push(`${how} ${address}`);
    };
  const bar: AddressBar = {
    location,
    history: { pushState: step("push"), replaceState: step("replace") },
    addEventListener: (_kind, listener) => listeners.push(listener),
  };
  const goTo = (search: string): void => {
    location.search = search;
    for (const listener of listeners) listener();
  };
  return { bar, steps, goTo };
}

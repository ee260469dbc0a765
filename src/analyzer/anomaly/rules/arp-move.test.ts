import { describe, expect, test } from "bun:test";
import { bytes } from "../../capture/bytes-builder.test-support.ts";
import { ownedAddresses } from "./limits.ts";
import { arpOf, countsOf, host, reasonsOf, rulesOf, times } from "./rules.test-support.ts";

const [request, answer] = [1, 2];
const [gateway, victim] = [host(1), host(7)];
const [gatewayCard, victimCard, strangerCard] = [101, 107, 66];
/** The owner says who it is, as any question does. */
const owner = { data: arpOf(request, gatewayCard, gateway, victim), at: 0 };

describe("an address that moves", () => {
  test("is told for each claim of the challenger, and for none of the owner", () => {
    const claims = times(4, (i) => ({ data: arpOf(answer, strangerCard, gateway, victim), at: 10 + i * 2 }));
    const defence = { data: arpOf(answer, gatewayCard, gateway, victim), at: 13 };
    expect(rulesOf([owner, claims[0]!, claims[1]!, defence, claims[2]!])).toEqual([
      "",
      "arp-move",
      "arp-move",
      "",
      "arp-move",
    ]);
  });

  test("a reason names both cards", () => {
    const [, reason] = reasonsOf([owner, { data: arpOf(answer, strangerCard, gateway, victim), at: 5 }]);
    expect(reason!.text).toBe("gives 10.0.0.1 to 02:00:00:00:00:42, which 02:00:00:00:00:65 had until now");
  });

  test("is believed after long silence, and from cards of several machines", () => {
    const late = { data: arpOf(answer, strangerCard, gateway, victim), at: 400 };
    expect(rulesOf([owner, late])).toEqual(["", ""]);
    const data = arpOf(answer, strangerCard, gateway, victim);
    data.set(bytes("00005e000105"), 22);
    expect(rulesOf([owner, { data, at: 5 }])).toEqual(["", ""]);
  });

  test("a probe claims nothing yet", () => {
    const probe = { data: arpOf(request, strangerCard, 0, gateway), at: 5 };
    expect(rulesOf([owner, probe])).toEqual(["", ""]);
  });
});

describe("answers that nobody asked for", () => {
  test("of one card for two addresses", () => {
    const both = [
      { data: arpOf(answer, strangerCard, gateway, victim), at: 1 },
      { data: arpOf(answer, strangerCard, victim, gateway), at: 2 },
    ];
    expect(rulesOf(both)).toEqual(["", "arp-claims"]);
  });

  test("one that was asked, and one that tells its own address, say nothing", () => {
    const asked = [
      { data: arpOf(request, victimCard, victim, gateway), at: 1 },
      { data: arpOf(answer, gatewayCard, gateway, victim), at: 1.1 },
      { data: arpOf(answer, gatewayCard, gateway, gateway), at: 2 },
    ];
    expect(rulesOf(asked)).toEqual(["", "", ""]);
  });
});

test("a network that asks and answers is silent, and invented addresses give way", () => {
  const chatter = times(600, (i) => [
    { data: arpOf(request, 200 + (i % 20), host(20 + (i % 20)), gateway), at: i },
    { data: arpOf(answer, gatewayCard, gateway, host(20 + (i % 20))), at: i + 0.001 },
  ]).flat();
  expect(countsOf(chatter)).toEqual({});
  const flood = times(ownedAddresses * 3, (i) => ({ data: arpOf(request, i, host(i + 1), gateway), at: 1 }));
  expect(reasonsOf(flood).at(-1)!.evicted).toBeGreaterThan(ownedAddresses);
});

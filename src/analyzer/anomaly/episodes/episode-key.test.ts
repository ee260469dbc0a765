import { expect, test } from "bun:test";
import { episodeKey } from "./episode-key.ts";

const scan = episodeKey(["port-scan", "forest:source"], ["10.0.0.1"]);

test("the same causes and hosts have the same key, in whatever order they came", () => {
  expect(scan).toMatch(/^[\w-]{16}$/);
  expect(episodeKey(["forest:pair", "port-scan"], ["10.0.0.1"])).toBe(scan);
  expect(episodeKey(["b", "a"], ["y", "x"])).toBe(episodeKey(["a", "b"], ["x", "y"]));
  expect(episodeKey(["forest:pair", "forest:source"], ["x"])).toBe(episodeKey(["forest:pair"], ["x"]));
});

test.each([
  ["another rule", episodeKey(["arp-move"], ["10.0.0.1"])],
  ["one rule more", episodeKey(["port-scan", "arp-move"], ["10.0.0.1"])],
  ["another host", episodeKey(["port-scan"], ["10.0.0.2"])],
  ["a pair", episodeKey(["port-scan"], ["10.0.0.1", "10.0.0.2"])],
  ["only the forest", episodeKey(["forest:source"], ["10.0.0.1"])],
  ["names that would run together", episodeKey(["port-scan,10.0.0.1"], [])],
])("%s: another key", (_, key) => {
  expect(key).not.toBe(scan);
});

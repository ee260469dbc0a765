import { expect, test } from "bun:test";
import { bytes } from "../capture/bytes-builder.test-support.ts";
import { isMqtt, readMqtt } from "./mqtt.ts";
import { looksAtAnything, mqttConnect, text } from "./payload-builder.test-support.ts";

test("a client's first message anywhere, others on the port", () => {
  expect(isMqtt(mqttConnect, 0, mqttConnect.length, false)).toBe(true);
  const ping = bytes("c000");
  expect([isMqtt(ping, 0, 2, true), isMqtt(ping, 0, 2, false)]).toEqual([true, false]);
  expect(isMqtt(bytes("c100"), 0, 2, true)).toBe(false);
});

test("the client's id, in versions 3.1.1 and 5", () => {
  expect(readMqtt(mqttConnect, 0, mqttConnect.length)).toEqual({ detail: "lamp1" });
  const five = bytes("1015 0004", text("MQTT"), "05 02 003c 03 210014 0005", text("lamp2"));
  expect(readMqtt(five, 0, five.length)).toEqual({ detail: "lamp2" });
});

test("any bytes", () => {
  looksAtAnything((b, s, e) => [isMqtt(b, s, e, false), isMqtt(b, s, e, true)]);
  looksAtAnything(readMqtt);
});

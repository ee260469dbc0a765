import { expect, test } from "bun:test";
import { isHttp, readHttp } from "./http.ts";
import { httpAnswer, httpGet, looksAtAnything, text } from "./payload-builder.test-support.ts";

function is(line: string): boolean {
  return isHttp(text(line), 0, line.length);
}

test("requests and answers, also cut in their first line", () => {
  expect(["GET / HTTP/1.1\r\n", "POST /a HTTP/1.0\n", "HTTP/1.1 200 OK", "GET /long"].map(is)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test("others share the methods", () => {
  expect(
    ["OPTIONS rtsp://a RTSP/1.0\r\n", "OPTIONS sip:a SIP/2.0\r\n", "GET x", "HTTP/2", "GETTING"].map(is),
  ).toEqual([false, false, false, false, false]);
});

test("host without its port, method, status", () => {
  expect(readHttp(httpGet, 0, httpGet.length)).toEqual({ name: "example.org", detail: "GET" });
  expect(readHttp(httpAnswer, 0, httpAnswer.length)).toEqual({ detail: "404" });
  expect(readHttp(text("GET / HTTP/1.1\r\n\r\n"), 0, 18)).toEqual({ detail: "GET" });
});

test("any bytes", () => {
  looksAtAnything(isHttp);
  looksAtAnything(readHttp);
});

/** Hands a capture file to the server, which opens it as another capture. Fetch tells nothing of how far it is, so this is the older way. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { refusalOf } from "../refusal.ts";

/**
 * @param told is called with the part that has gone out, 0 to 1
 * @throws Refusal where the server does not take it, TypeError where it cannot be reached
 */
export function uploadCapture(
  file: File,
  told: (part: number) => void,
): Promise<Answers["/api/captures"][number]> {
  const { promise, resolve, reject } = Promise.withResolvers<Answers["/api/captures"][number]>();
  const request = new XMLHttpRequest();
  request.open("POST", `/api/captures?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.addEventListener("progress", ({ loaded, total }) => told(total === 0 ? 1 : loaded / total));
  request.addEventListener("load", () => {
    if (request.status < 200 || request.status > 299) reject(refusalOf(request.status, request.responseText));
    else resolve(JSON.parse(request.responseText) as Answers["/api/captures"][number]);
  });
  request.addEventListener("error", () => reject(new TypeError("not reached")));
  request.send(file);
  return promise;
}

/** Hands a capture file to the server, which opens it as another capture, and closes it again. Fetch tells nothing of how far it is, so this is the older way. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { refusalOf } from "../refusal.ts";
import { routeAddress } from "../route-address.ts";

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

/** @throws as `uploadCapture` */
export async function closeCapture(id: string): Promise<void> {
  const address = routeAddress("/api/captures/:id", { id });
  const response = await fetch(address, { method: "DELETE", credentials: "same-origin" });
  if (!response.ok) throw refusalOf(response.status, await response.text());
}

/**
 * A finger chooses a span as the mouse does: uPlot knows the mouse alone, so it is told that one moves. Up and down
 * the finger scrolls the page, as the style says of the charts; then nothing is chosen.
 */

/** @param charts what the charts are in */
export function letFingersDrag(charts: HTMLElement): void {
  let beganAt: PointerEvent | undefined;
  charts.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !event.isPrimary) return;
    beganAt = event;
    tell("mousemove", event, 0);
    tell("mousedown", event, 1);
  });
  charts.addEventListener("pointermove", (event) => {
    if (beganAt?.pointerId === event.pointerId) tell("mousemove", event, 1);
  });
  for (const kind of ["pointerup", "pointercancel"] as const)
    charts.addEventListener(kind, (event) => {
      if (beganAt?.pointerId !== event.pointerId) return;
      if (kind === "pointercancel") tell("mousemove", beganAt, 1);
      tell("mouseup", kind === "pointercancel" ? beganAt : event, 0);
      beganAt = undefined;
    });
}

function tell(kind: "mousedown" | "mousemove" | "mouseup", at: PointerEvent, buttons: number): void {
  const { clientX, clientY } = at;
  // A move by nothing would be taken for none.
  const mouse = { bubbles: true, cancelable: true, clientX, clientY, movementX: 1, button: 0, buttons };
  at.target?.dispatchEvent(new MouseEvent(kind, mouse));
}

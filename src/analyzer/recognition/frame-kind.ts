/** What the frames of pcs are about, as the report tells them apart. */

/** What frames are about; `session` is login, notices and errors. */
export const frameKinds = ["chat", "file", "quiz", "session"] as const;

export type FrameKind = (typeof frameKinds)[number];

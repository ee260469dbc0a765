import { expect, test } from "bun:test";
import { encodeFrame } from "../../classroom/protocol/frame.ts";
import { text } from "../recognition/payload-builder.test-support.ts";
import { client, segment, server, trafficOf } from "./traffic-builder.test-support.ts";

const classroom = { ...server, port: 10_000 };

test("packets by what they are about; raw bytes of a file go on with their end's last frame", () => {
  const { snapshot } = trafficOf(
    [
      segment(classroom, client, { payload: encodeFrame("info", "Are you already registered? (yes/no):") }),
      segment(client, classroom, { payload: encodeFrame("file_transfer", "file_to_server:a.txt") }),
      segment(client, classroom, { payload: text("the bytes of a.txt") }),
      segment(classroom, client, { payload: encodeFrame("msg", "Client kim: hi\n") }),
      segment(classroom, client, { payload: encodeFrame("quiz_question", "1?") }),
    ].map((data) => ({ data, wire: 100 })),
  );
  expect(snapshot.pcs).toEqual({
    chat: { packets: 1, bytes: 100 },
    file: { packets: 2, bytes: 200 },
    quiz: { packets: 1, bytes: 100 },
    session: { packets: 1, bytes: 100 },
  });
  expect(snapshot.flows.top[0]).toMatchObject({ protocol: "pcs" });
});

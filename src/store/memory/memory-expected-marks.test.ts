import { testExpectedMarks } from "../expected-marks.test-support.ts";
import { memoryExpectedMarks } from "./memory-expected-marks.ts";

testExpectedMarks("memory", memoryExpectedMarks);

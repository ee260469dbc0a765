/** Calls without end to a telephone (RFC 3261), each from a caller that is made up. */
import type { Attack } from "../attack.ts";
import { about, between, gap, randomText } from "../chance.ts";
import { udpFrame, type Station } from "../frames.ts";

export const sipFlood: Attack = ({ random, cast, emit }) => {
  const phone = cast.host();
  const caller = cast.outsider(phone);
  return (atUs) => {
    const call = randomText(random, 16, "0123456789abcdef");
    const user = String(between(random, 100, 9999));
    const common =
      `Via: SIP/2.0/UDP ${dotted(caller)}:5060;branch=z9hG4bK${call}\r\n` +
      `From: <sip:${user}@${dotted(caller)}>;tag=${call.slice(0, 8)}\r\nTo: <sip:100@${dotted(phone)}>\r\n` +
      `Call-ID: ${call}\r\nCSeq: 1 INVITE\r\n`;
    const body = `v=0\r\no=- 0 0 IN IP4 ${dotted(caller)}\r\ns=-\r\nc=IN IP4 ${dotted(caller)}\r\nt=0 0\r\nm=audio 9078 RTP/AVP 0 8\r\n`;
    const more =
      `Contact: <sip:${user}@${dotted(caller)}>\r\nMax-Forwards: 70\r\nUser-Agent: friendly-scanner\r\n` +
      `Content-Type: application/sdp\r\nContent-Length: ${body.length}\r\n\r\n`;
    const invite = Buffer.from(`INVITE sip:100@${dotted(phone)} SIP/2.0\r\n${common}${more}${body}`);
    emit(atUs, udpFrame(caller, 5060, phone, 5060, invite, { id: random.below(65_536) }));
    const answer = (line: string) => Buffer.from(`SIP/2.0 ${line}\r\n${common}Content-Length: 0\r\n\r\n`);
    const tryingUs = atUs + about(random, 900, 0.5);
    emit(tryingUs, udpFrame(phone, 5060, caller, 5060, answer("100 Trying")));
    const busy = udpFrame(phone, 5060, caller, 5060, answer("486 Busy Here"));
    emit(tryingUs + about(random, 4000, 0.5), busy);
    return gap(random, 15_000);
  };
};

function dotted({ ip }: Station): string {
  return [ip >>> 24, (ip >>> 16) & 255, (ip >>> 8) & 255, ip & 255].join(".");
}

/** What `help` prints inside `pcs join`. */
export const helpText = `Type a header, a colon and the text:
  msg:TEXT                                to everybody
  to:NAME:TEXT                            to one person
  file_transfer:file_to_server:FILE       a file to the server
  file_transfer:file_to:NAME:FILE         a file to one person
  quiz_answer:a b c                       your answers, with blanks between them
  cmd:disconnect                          leave
On a terminal, Tab completes commands, names and files, the arrow keys
bring back earlier lines, and Ctrl-C leaves at once.`;

/** The first thing that a person reads inside. */
export const firstHint =
  "msg:hello says hello to everybody; after /talk, hello alone does. help lists what else there is.";

export const talkHelpText = "/talk says what you type without msg: before it, /talk off ends that.";

/** What there is besides, where the server speaks the second protocol. */
export const roomHelpText = `${talkHelpText}
/room NAME enters a room and types into it, /rooms lists them, /leave leaves one, /history shows more.
/search WORDS finds what was said ("two words" together, begin* for all that begins so), /more shows older ones.
/team NAME takes you into a team for the quiz that runs.`;

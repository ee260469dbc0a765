/** Every construct of Moodle's documentation of GIFT and of its importer, with what it means. */
import { describe, expect, test } from "bun:test";
import { formatFinding } from "./bank.ts";
import { maxBankQuestions, maxParts, maxTextLength } from "./limits.ts";
import { categoryPath, parseGift } from "./parse-gift.ts";
import type { BankQuestion, NumericAnswer, WeightedText } from "./question.ts";
import { normaliseText } from "./source-text.ts";

const part = (text: string, weight: number, feedback = ""): WeightedText => ({ text, weight, feedback });
const right = (text: string, feedback = ""): WeightedText => part(text, 1, feedback);
const wrong = (text: string, feedback = ""): WeightedText => part(text, 0, feedback);
const near = (value: number, tolerance: number, weight = 1, feedback = ""): NumericAnswer => ({
  range: { kind: "near", value, tolerance },
  weight,
  feedback,
});
const between = (min: number, max: number, weight = 1, feedback = ""): NumericAnswer => ({
  range: { kind: "between", min, max },
  weight,
  feedback,
});
const any = (weight: number, feedback = ""): NumericAnswer => ({ range: { kind: "any" }, weight, feedback });

type Common = "title" | "category" | "text" | "feedback" | "id" | "tags";
type Loose<T> = T extends unknown ? Omit<T, Common> & Partial<Pick<BankQuestion, Common>> : never;

/** A question whose common members are empty unless they are given. */
function full(question: Loose<BankQuestion>): BankQuestion {
  return { title: "", category: "", text: "", feedback: "", id: "", tags: [], ...question };
}

const choice = (text: string, ...options: WeightedText[]): Loose<BankQuestion> => ({
  kind: "choice",
  text,
  single: true,
  options,
});
const many = (text: string, ...options: WeightedText[]): Loose<BankQuestion> => ({
  kind: "choice",
  text,
  single: false,
  options,
});
const short = (text: string, ...answers: WeightedText[]): Loose<BankQuestion> => ({
  kind: "short",
  text,
  answers,
});
const numeric = (text: string, ...answers: NumericAnswer[]): Loose<BankQuestion> => ({
  kind: "numeric",
  text,
  answers,
});
const match = (text: string, pairs: [string, string][], distractors: string[] = []): Loose<BankQuestion> => ({
  kind: "match",
  text,
  pairs: pairs.map(([prompt, answer]) => ({ prompt, answer })),
  distractors,
});
const trueFalse = (
  text: string,
  answer: boolean,
  feedbackTrue = "",
  feedbackFalse = "",
): Loose<BankQuestion> => ({
  kind: "true-false",
  text,
  answer,
  feedbackTrue,
  feedbackFalse,
});

/** What the construct is called, the file, and its questions. */
const cases: Record<string, [string, string, Loose<BankQuestion>[]][]> = {
  "multiple choice": [
    ["in one line", "Who?{~Ann ~Bob =no one}", [choice("Who?", wrong("Ann"), wrong("Bob"), right("no one"))]],
    [
      "in lines",
      "From what country? {\n    ~India\n    =China\n    ~Korea\n    ~Egypt}",
      [choice("From what country?", wrong("India"), right("China"), wrong("Korea"), wrong("Egypt"))],
    ],
    ["the right one first", "Q{=a ~b}", [choice("Q", right("a"), wrong("b"))]],
    ["without blanks", "Q{~a=b~c}", [choice("Q", wrong("a"), right("b"), wrong("c"))]],
    ["two right ones", "Q{=a =b ~c}", [choice("Q", right("a"), right("b"), wrong("c"))]],
    ["a sign before the right one, too", "Q{~=a ~b}", [choice("Q", right("a"), wrong("b"))]],
    ["text before the first sign", "Q{a ~b =c}", [choice("Q", wrong("a"), wrong("b"), right("c"))]],
    ["an option over two lines", "Q{=one\n  two ~b}", [choice("Q", right("one\ntwo"), wrong("b"))]],
    ["an option without text", "Q{=a ~ ~b}", [choice("Q", right("a"), wrong("b"))]],
    [
      "feedback",
      "Q{\n~wrong#fb one\n~another #  fb two\n=right#Very good!}",
      [choice("Q", wrong("wrong", "fb one"), wrong("another", "fb two"), right("right", "Very good!"))],
    ],
    ["a second # in a feedback", "Q{=a#1 # 2 ~b}", [choice("Q", right("a", "1 # 2"), wrong("b"))]],
    ["an arrow", "Q{~a -> b =c}", [choice("Q", wrong("a -> b"), right("c"))]],
  ],
  "missing word": [
    [
      "in the middle",
      "Grant is {~buried =entombed} in it.",
      [choice("Grant is _____ in it.", wrong("buried"), right("entombed"))],
    ],
    [
      "before the full stop",
      "Two and two is {=four =4}.",
      [short("Two and two is _____.", right("four"), right("4"))],
    ],
    ["at the beginning", "{=One ~Two} is first.", [choice("_____ is first.", right("One"), wrong("Two"))]],
    [
      "over lines",
      "It is on the {\n ~second\n =fourth\n} of May.",
      [choice("It is on the _____ of May.", wrong("second"), right("fourth"))],
    ],
    ["of a number", "Pi is {#3.14:0.01}.", [numeric("Pi is _____.", near(3.14, 0.01))]],
    ["blanks after the brace", "Q {T}  ", [trueFalse("Q", true)]],
  ],
  weights: [
    ["half", "Q{~a ~%50%b =c}", [choice("Q", wrong("a"), part("b", 0.5), right("c"))]],
    ["many answers", "Q{~No ~%50%A ~%50%B}", [many("Q", wrong("No"), part("A", 0.5), part("B", 0.5))]],
    ["below zero", "Q{~%-25%a ~%50%b ~%50%c}", [many("Q", part("a", -0.25), part("b", 0.5), part("c", 0.5))]],
    ["-100 and 100", "Q{~%-100%a ~%100%b}", [many("Q", part("a", -1), part("b", 1))]],
    [
      "with decimals",
      "Q{~%33.33333%a ~%66.66667%b}",
      [many("Q", part("a", 0.3333333), part("b", 0.6666667))],
    ],
    ["with blanks", "Q{~ %50% a ~%50%  b}", [many("Q", part("a", 0.5), part("b", 0.5))]],
    ["with feedback", "Q{~%50%a#ha ~%50%b}", [many("Q", part("a", 0.5, "ha"), part("b", 0.5))]],
    ["after '=' of a choice it is text", "Q{=%50%a ~b}", [choice("Q", right("%50%a"), wrong("b"))]],
    ["no number is no weight", "Q{~%x%a ~5%b =c}", [choice("Q", wrong("%x%a"), wrong("5%b"), right("c"))]],
    ["of short answers", "Q{=a =%75%b =%25%c}", [short("Q", right("a"), part("b", 0.75), part("c", 0.25))]],
    ["the first of short answers", "Q{=%100%a =%50%b}", [short("Q", right("a"), part("b", 0.5))]],
    ["of numbers", "Q{#=3:1#fb =%50%3:2}", [numeric("Q", near(3, 1, 1, "fb"), near(3, 2, 0.5))]],
  ],
  "true or false": [
    ["T", "Q{T}", [trueFalse("Q", true)]],
    ["F", "Q{F}", [trueFalse("Q", false)]],
    ["TRUE", "Q{ TRUE }", [trueFalse("Q", true)]],
    ["FALSE", "Q{\nFALSE\n}", [trueFalse("Q", false)]],
    ["feedback for the wrong answer", "Q{FALSE#No one is.}", [trueFalse("Q", false, "No one is.", "")]],
    ["feedback for wrong and right", "Q{TRUE#wrong#right}", [trueFalse("Q", true, "right", "wrong")]],
    ["feedback only for the right one", "Q{T##right}", [trueFalse("Q", true, "right", "")]],
    ["of FALSE", "Q{FALSE#wrong#right}", [trueFalse("Q", false, "wrong", "right")]],
    ["a third #", "Q{T#a#b#c}", [trueFalse("Q", true, "b#c", "a")]],
    ["in lower case it is a short answer", "Q{true}", [short("Q", right("true"))]],
    ["with '=' it is a short answer", "Q{=T}", [short("Q", right("T"))]],
  ],
  "short answer": [
    ["alternatives", "Q{=no one =nobody}", [short("Q", right("no one"), right("nobody"))]],
    ["one", "Q{=x}", [short("Q", right("x"))]],
    ["one without '='", "Q{x y}", [short("Q", right("x y"))]],
    [
      "feedback",
      "Q{=no one#excellent! =nobody#good}",
      [short("Q", right("no one", "excellent!"), right("nobody", "good"))],
    ],
    [
      "a wildcard for all others",
      "Q{=Frog#Good! =%0%*#wrong}",
      [short("Q", right("Frog", "Good!"), part("*", 0, "wrong"))],
    ],
    ["tags stay, for they are compared", "Q{=<b>}", [short("Q", right("<b>"))]],
    ["a format is taken away", "Q{=[html]x}", [short("Q", right("x"))]],
    ["an arrow without '='", "Q{a -> b}", [short("Q", right("a -> b"))]],
  ],
  number: [
    ["exact", "Q{#1822}", [numeric("Q", near(1822, 0))]],
    ["a tolerance", "Q{#3:2}", [numeric("Q", near(3, 2))]],
    ["a range", "Q{#1..5}", [numeric("Q", between(1, 5))]],
    ["a range with decimals and signs", "Q{#-1.5 .. -.5}", [numeric("Q", between(-1.5, -0.5))]],
    ["several", "Q {#\n    =1822:0\n    =%50%1822:2}", [numeric("Q", near(1822, 0), near(1822, 2, 0.5))]],
    ["an exponent", "Q{#6.02e23:1E21}", [numeric("Q", near(6.02e23, 1e21))]],
    ["a point without digits", "Q{# .5 : 1. }", [numeric("Q", near(0.5, 1))]],
    ["feedback", "Q{#3:2#near}", [numeric("Q", near(3, 2, 1, "near"))]],
    [
      "wrong answers' feedback",
      "Q{#3:2~#Completely wrong}",
      [numeric("Q", near(3, 2), any(0, "Completely wrong"))],
    ],
    [
      "as Moodle writes it",
      "Q{#\n\t=%100%3:2#\n\t~#Completely wrong\n}",
      [numeric("Q", near(3, 2), any(0, "Completely wrong"))],
    ],
    ["any number", "Q{#=3 =%0%*#no}", [numeric("Q", near(3, 0), any(0, "no"))]],
    [
      "an escaped colon in the tolerance's feedback",
      "Q{#3#at 12\\:30}",
      [numeric("Q", near(3, 0, 1, "at 12:30"))],
    ],
  ],
  matching: [
    [
      "pairs",
      "M {\n=a -> b\n=c -> d\n}",
      [
        match("M", [
          ["a", "b"],
          ["c", "d"],
        ]),
      ],
    ],
    [
      "without blanks",
      "M{=Canada->Ottawa =Italy->Rome}",
      [
        match("M", [
          ["Canada", "Ottawa"],
          ["Italy", "Rome"],
        ]),
      ],
    ],
    [
      "an answer of its own",
      "M{=a -> b =c -> d = -> e}",
      [
        match(
          "M",
          [
            ["a", "b"],
            ["c", "d"],
          ],
          ["e"],
        ),
      ],
    ],
    [
      "a second arrow",
      "M{=a -> b -> c =d -> e}",
      [
        match("M", [
          ["a", "b -> c"],
          ["d", "e"],
        ]),
      ],
    ],
    [
      "# is text in it",
      "M{=a -> b#c =d -> e}",
      [
        match("M", [
          ["a", "b#c"],
          ["d", "e"],
        ]),
      ],
    ],
    [
      "formats",
      "M{\n=[html]<i>a</i> -> b\n=[plain]<i>c</i> -> d\n=[markdown]*e* -> f}",
      [
        match("M", [
          ["a", "b"],
          ["<i>c</i>", "d"],
          ["e", "f"],
        ]),
      ],
    ],
    [
      "general feedback",
      "M{=a -> b\n=c -> d\n####g}",
      [
        {
          ...match("M", [
            ["a", "b"],
            ["c", "d"],
          ]),
          feedback: "g",
        },
      ],
    ],
  ],
  ordering: [
    [
      "items in lines",
      "O{>3 ALL VERTICAL ABSOLUTE_POSITION\none\n two \nthree\n}",
      [{ kind: "order", text: "O", items: ["one", "two", "three"], grading: "position" }],
    ],
    ["only a number", "O{>2\na\nb}", [{ kind: "order", text: "O", items: ["a", "b"], grading: "next" }]],
    [
      "all or nothing",
      "O{>2 EXACT H ALL_OR_NOTHING\na\nb}",
      [{ kind: "order", text: "O", items: ["a", "b"], grading: "exact" }],
    ],
    [
      "as newer Moodles write it",
      "O{>2 ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST SHOW none\na\nb}",
      [{ kind: "order", text: "O", items: ["a", "b"], grading: "next" }],
    ],
    ["none without a number", "O{> 3 is more}", [short("O", right("> 3 is more"))]],
  ],
  "essay and description": [
    ["essay", "Write!{}", [{ kind: "essay", text: "Write!" }]],
    ["essay with blanks in it", "Write! { \n }", [{ kind: "essay", text: "Write!" }]],
    [
      "essay with feedback",
      "Write!{####Thank you}",
      [{ kind: "essay", text: "Write!", feedback: "Thank you" }],
    ],
    ["description", "You can use your pencil.", [{ kind: "description", text: "You can use your pencil." }]],
    ["description with a title", "::T:: Text", [{ kind: "description", title: "T", text: "Text" }]],
  ],
  "general feedback": [
    ["of a choice", "Q{=a#f ~b####all}", [{ ...choice("Q", right("a", "f"), wrong("b")), feedback: "all" }]],
    [
      "in a line of its own",
      "Q{=a\n=%50%b#x\n####[html]<p>all</p>\n}",
      [{ ...short("Q", right("a"), part("b", 0.5, "x")), feedback: "all" }],
    ],
    ["of true or false", "Q{T#w#r####all}", [{ ...trueFalse("Q", true, "r", "w"), feedback: "all" }]],
    ["of a number", "Q{#3####all}", [{ ...numeric("Q", near(3, 0)), feedback: "all" }]],
    [
      "the last one counts",
      "Q{=a ~b#x####y####z}",
      [{ ...choice("Q", right("a"), wrong("b", "x####y")), feedback: "z" }],
    ],
    ["a format must stand at once", "Q{T#### [html]x}", [{ ...trueFalse("Q", true), feedback: "[html]x" }]],
  ],
  titles: [
    [
      "before the text",
      "::Kanji Origins::From what\ncountry? {=China}",
      [{ ...short("From what\ncountry?", right("China")), title: "Kanji Origins" }],
    ],
    ["in a line of its own", "::T::\nQ{T}", [{ ...trueFalse("Q", true), title: "T" }]],
    ["with an escaped colon", "::a\\:\\:b:: Q{T}", [{ ...trueFalse("Q", true), title: "a::b" }]],
    ["with a colon", "::a: b:: Q{T}", [{ ...trueFalse("Q", true), title: "a: b" }]],
    ["empty", ":::: Q{T}", [trueFalse("Q", true)]],
    ["never closed", "::Q{T}", [trueFalse("Q", true)]],
    ["colons in the text", "It is 12:30::{T}", [trueFalse("It is 12:30::", true)]],
  ],
  comments: [
    ["before a question", "// hi {\nQ{T}", [trueFalse("Q", true)]],
    ["in a question", "Q{\n// no\n=a\n  // nor this\n~b}", [choice("Q", right("a"), wrong("b"))]],
    ["alone", "// hi\n\nQ{T}\n\n//bye", [trueFalse("Q", true)]],
    ["not in the middle of a line", "See http://x.org {T}", [trueFalse("See http://x.org", true)]],
    [
      "id and tags",
      "// [id:myid] on [tag:tag] [tag:other-tag].\nQ{T}",
      [{ ...trueFalse("Q", true), id: "myid", tags: ["tag", "other-tag"] }],
    ],
    [
      "id and tags over lines, escaped",
      "// [tag:  basic] x\n// a [id: i\\]d ] que[tag:add ]stion.\nQ{T}",
      [{ ...trueFalse("Q", true), id: "i]d", tags: ["basic", "add"] }],
    ],
  ],
  escapes: [
    ["all of them in a text", "\\~ \\= \\# \\{ \\} \\: \\\\{T}", [trueFalse("~ = # { } : \\", true)]],
    ["line end", "a\\nb\\n\\nc{T}", [trueFalse("a\nb\n\nc", true)]],
    [
      "in answers",
      "Q{~ \\= 2 + 2 = \\= 2 + 3 ~ \\= 2 + 4 }",
      [choice("Q", wrong("= 2 + 2"), right("= 2 + 3"), wrong("= 2 + 4"))],
    ],
    [
      "in feedback",
      "Q{\n~ \\~ # \\~ is one.\n= \\\\ # Correct! \\\\ is none.\n}",
      [choice("Q", wrong("~", "~ is one."), right("\\", "Correct! \\ is none."))],
    ],
    ["of nothing that needs it", "C:\\temp \\x{T}", [trueFalse("C:\\temp \\x", true)]],
    ["a backslash before a sign", "Q{~a\\\\=b}", [choice("Q", wrong("a\\"), right("b"))]],
    ["three backslashes", "Q \\\\\\{{T}", [trueFalse("Q \\{", true)]],
    ["braces of TeX", "$x^\\{2\\}$ {#4}", [numeric("$x^{2}$", near(4, 0))]],
    ["Moodle's own placeholders are text", "&&058; &&035;{T}", [trueFalse("&&058; &&035;", true)]],
  ],
  categories: [
    [
      "for what follows",
      "$CATEGORY: tom/dick\n\nQ{T}\n\n$CATEGORY: harry\n\nR{F}",
      [
        { ...trueFalse("Q", true), category: "tom/dick" },
        { ...trueFalse("R", false), category: "harry" },
      ],
    ],
    [
      "as Moodle writes it",
      "// question: 0  name: Switch category to $course$/top/Waves\n$CATEGORY: $course$/top/Waves\n\n\nQ{T}",
      [{ ...trueFalse("Q", true), category: "Waves" }],
    ],
    ["without a blank", "$CATEGORY:a\n\nQ{T}", [{ ...trueFalse("Q", true), category: "a" }]],
    ["with an escaped colon", "$CATEGORY: a\\: b\n\nQ{T}", [{ ...trueFalse("Q", true), category: "a: b" }]],
    ["in the middle it is text", "The $CATEGORY: x{T}", [trueFalse("The $CATEGORY: x", true)]],
  ],
  formats: [
    [
      "html",
      "[html]<p>Is <b>5&lt;6</b>?</p>\n<p>Say&nbsp;&eacute;</p>{T}",
      [trueFalse("Is 5<6?\n\nSay é", true)],
    ],
    [
      "markdown",
      "[markdown]Who's in **Grant's** `tomb`?{=no one}",
      [short("Who's in Grant's tomb?", right("no one"))],
    ],
    ["plain", "[plain]a <b>x</b> &amp; y{T}", [trueFalse("a <b>x</b> &amp; y", true)]],
    ["moodle keeps lines", "[moodle]a <i>b</i>\nc{T}", [trueFalse("a b\nc", true)]],
    ["none is that of Moodle", "a<br>b &amp; c{T}", [trueFalse("a\nb & c", true)]],
    [
      "answers have the question's",
      "[plain]Q{=<b> ~[html]<b>y</b>#<i>z</i>}",
      [choice("Q", right("<b>"), wrong("y", "<i>z</i>"))],
    ],
    ["an unknown one is text", "[text]Q{T}", [trueFalse("[text]Q", true)]],
    ["after a title", "::T::[html]<b>Q</b>{T}", [{ ...trueFalse("Q", true), title: "T" }]],
    ["a less sign is none of HTML", "x<y and y>z{T}", [trueFalse("x<y and y>z", true)]],
  ],
  "line ends": [
    ["Windows", "Q{=a\r\n~b}\r\n\r\nR{T}\r\n", [choice("Q", right("a"), wrong("b")), trueFalse("R", true)]],
    ["old Macs", "Q{=a\r~b}\r\rR{T}", [choice("Q", right("a"), wrong("b")), trueFalse("R", true)]],
    ["blanks in an empty line", "Q{T}\n \t \nR{F}", [trueFalse("Q", true), trueFalse("R", false)]],
    ["a byte order mark", "\uFEFF::T::Q{T}", [{ ...trueFalse("Q", true), title: "T" }]],
    ["a line of 0 ends nothing", "Q{=0\n0\n~1}", [choice("Q", right("0\n0"), wrong("1"))]],
  ],
};

for (const [construct, rows] of Object.entries(cases))
  describe(construct, () => {
    for (const [what, source, expected] of rows)
      test(what, () => {
        const { questions, errors } = parseGift(normaliseText(source));
        expect(errors).toEqual([]);
        expect([...questions]).toEqual(expected.map(full));
      });
  });

describe("what is wrong is told with its place", () => {
  for (const [what, source, errors] of [
    ["nothing", "", ["q, line 1, column 1: there is no question."]],
    ["only comments", "// a\n\n// b\n", ["q, line 1, column 1: there is no question."]],
    ["no '}'", "\nQ\nwho {=a\n\nR{T}", ["q, line 3, column 5: this '{' has no '}'."]],
    ["no '{'", "Q =a}", ["q, line 1, column 5: this '}' has no '{' before it; write \\} for the sign."]],
    [
      "'}' before '{'",
      "Q} {T}",
      ["q, line 1, column 2: this '}' has no '{' before it; write \\} for the sign."],
    ],
    [
      "a blank line in a question",
      "Q{\n=a\n\n~b}",
      [
        "q, line 1, column 2: this '{' has no '}'.",
        "q, line 4, column 3: this '}' has no '{' before it; write \\} for the sign.",
      ],
    ],
    ["one option", "é🎓 Q{~a}", ["q, line 1, column 6: a choice needs two options or more."]],
    [
      "a pair without an arrow",
      "M{=a -> b\n  =c}",
      ["q, line 2, column 4: a pair needs '->' between what is matched and its match."],
    ],
    ["a pair without its match", "M{=a -> b\n=c ->}", ["q, line 2, column 2: there is no match after '->'."]],
    ["one pair", "M{=a -> b}", ["q, line 1, column 3: matching needs a pair and a second answer."]],
    ["no number", "Q{#}", ["q, line 1, column 3: there is no number after '#'."]],
    ["words for a number", "Q{#abc}", ["q, line 1, column 4: 'abc' is no number."]],
    [
      "a comma in a number",
      "Q{#=3,14:0.1}",
      ["q, line 1, column 5: '3,14:0.1' is no number; write a point for the comma."],
    ],
    ["a range of words", "Q{#1..b}", ["q, line 1, column 4: '1..b' is no range of numbers such as 1..5."]],
    ["a range upside down", "Q{#5..1}", ["q, line 1, column 4: the range 5..1 ends before it begins."]],
    ["a tolerance below zero", "Q{#5:-1}", ["q, line 1, column 4: a tolerance cannot be negative."]],
    [
      "a weight beyond 100",
      "Q{~%150%a ~b}",
      ["q, line 1, column 4: a weight goes from -100 to 100 per cent, and 150 does not."],
    ],
    [
      "a weight with two signs",
      "Q{~%--5%a ~b}",
      ["q, line 1, column 4: a weight goes from -100 to 100 per cent, and --5 does not."],
    ],
    [
      "a question below a category",
      "$CATEGORY: a\nQ{T}",
      [
        "q, line 2, column 1: a blank line must stand below a $CATEGORY line, or this becomes part of its name.",
      ],
    ],
    [
      "a question below another",
      "::A::What?{=x ~y}\n::B::2 + 2 = ?{#4}",
      [
        "q, line 2, column 15: a question has one '{'; a blank line must stand before the next question (write \\{ for the sign).",
      ],
    ],
    ["one item", "O{>2 ALL\na}", ["q, line 1, column 3: ordering needs two items or more."]],
    [
      "a title of 256 characters",
      `::${"x".repeat(256)}::Q{T}`,
      ["q, line 1, column 1: a title, category, id or tag is longer than 255 characters."],
    ],
    [
      "too long a text",
      `Q{T}\n\n${"x".repeat(maxTextLength + 1)}{T}`,
      [
        `q, line 3, column 1: a text of ${maxTextLength + 1} characters is too long; ${maxTextLength} are allowed.`,
      ],
    ],
    [
      "101 options",
      `Q{=a${"~b".repeat(maxParts)}}`,
      [`q, line 1, column 1: 101 answers are too many for one question; 100 are allowed.`],
    ],
    [
      "33 tags",
      `// ${"[tag:a]".repeat(33)}\nQ{T}`,
      ["q, line 2, column 1: 33 tags are too many; 32 are allowed."],
    ],
  ] as const)
    test(what, () => {
      const told = parseGift(normaliseText(source)).errors.map((finding) => formatFinding("q", finding));
      expect(told).toEqual([...errors]);
    });

  test("10,000 questions are read, and one more is told", () => {
    const source = "Q{T}\n\n".repeat(maxBankQuestions);
    expect(parseGift(source).questions).toHaveLength(10_000);
    expect(parseGift(`${source}R{T}`).errors).toEqual([
      {
        place: { line: 20_001, column: 1 },
        sentence: "there are more than 10000 questions, which are allowed.",
      },
    ]);
  });

  test("100 errors are told, and the rest is counted", () => {
    const { errors, untold } = parseGift("Q}\n\n".repeat(150));
    expect([errors.length, untold]).toEqual([100, 50]);
  });
});

describe("what is doubtful is told with its place", () => {
  for (const [what, source, warnings] of [
    ["nothing", "Q{=a ~b}", []],
    [
      "a first answer without a sign",
      "Q{a ~b =c}",
      ["q, line 1, column 3: the first answer has neither '=' nor '~' before it."],
    ],
    ["an option without text", "Q{=a ~ ~b}", ["q, line 1, column 7: an option without text is left out."]],
    [
      "a weight after '='",
      "Q{=%50%a ~b}",
      ["q, line 1, column 4: a weight after '=' is part of the text here; write '~' before it."],
    ],
    [
      "true in lower case",
      "Q{true}",
      ["q, line 1, column 3: this is a short answer; true or false is written {TRUE} or {FALSE}."],
    ],
    [
      "a picture",
      '[html]<p>x<img src="a.png"></p>{T}',
      ["q, line 1, column 1: a picture or recording is left out; there is only text here."],
    ],
    [
      "a part of the items",
      "O{>3\na\nb\nc\nd}",
      ["q, line 1, column 3: all 4 items are to be put in order, and not 3 of them."],
    ],
  ] as const)
    test(what, () => {
      const told = parseGift(source).warnings.map((finding) => formatFinding("q", finding));
      expect(told).toEqual([...warnings]);
    });
});

test("a category's path", () => {
  for (const [path, expected] of [
    ["$course$/top/Waves/Sound", "Waves/Sound"],
    ["$module$", ""],
    ["top", ""],
    ["topology", "topology"],
    ["a/b", "a/b"],
    ["", ""],
  ] as const)
    expect(categoryPath(path)).toBe(expected);
});

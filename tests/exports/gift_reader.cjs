// Reads GIFT on standard input with a parser that is not ours; prints what it found as JSON.
const { parse } = require("gift-pegjs");
process.stdout.write(JSON.stringify(parse(require("fs").readFileSync(0, "utf8"))));

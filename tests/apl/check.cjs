// node check.cjs < document.json: what Amazon's own checker finds wrong with an APL document, as JSON.
const { StaticAplTemplateValidator } = require("apl-suggester");

console.warn = console.log = () => {}; // it thinks aloud
const document = JSON.parse(require("fs").readFileSync(0, "utf-8"));
new StaticAplTemplateValidator().validate(document).then((found) => process.stdout.write(JSON.stringify(found)));

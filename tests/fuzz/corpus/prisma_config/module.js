/* a */ const base = { schema: 'a' + "/b", datasource: { ["url"]: 1 } }
module.exports = { ...base, get migrations() { return { path: 'x' } }, tables: { external: ["a.b", 'c'] } } // end
require("dotenv").config({ path: ".env.local" })

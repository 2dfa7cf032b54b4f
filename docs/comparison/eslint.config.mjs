// What an expert of ESLint could write in an hour with `no-restricted-syntax`. Run from a folder that has ESLint and
// typescript-eslint:
//   npx eslint --no-config-lookup --config docs/comparison/eslint.config.mjs "examples/**/*.ts"
import { parser } from "typescript-eslint";

const fresh = [
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  "CallExpression[callee.object.name='Math'][callee.property.name='random']",
  "CallExpression[callee.property.name='randomUUID']",
];
const mark = "Property[key.name=/^(cache_control|cacheControl|cachePoint)$/]";

export default [
  {
    files: ["**/*.{js,mjs,ts,tsx}"],
    languageOptions: { parser },
    rules: {
      "no-restricted-syntax": [
        "warn",
        ...fresh.map((selector) => ({
          selector: `TemplateLiteral ${selector}`,
          message: "A clock, an id or a random value in a text breaks a cached prefix.",
        })),
        {
          selector: `ObjectExpression:has(> ${mark}) > Property[key.name='text'] > TemplateLiteral[expressions.length>0]`,
          message: "The text under this checkpoint has a part that changes.",
        },
        {
          selector: `CallExpression[callee.property.name='map'] > :function ${mark}`,
          message: "Every item of a list gets a checkpoint, and a request takes four.",
        },
        {
          selector:
            "CallExpression[callee.object.name='Promise'][callee.property.name='all'] CallExpression[callee.property.name='push']",
          message: "What is pushed from promises stands in the order in which they are done.",
        },
        {
          selector:
            "ArrayExpression > TemplateLiteral:has(> Identifier[name=/question|query|input|message/i]):not(:last-child)",
          message: "A question stands in front of other text.",
        },
        {
          selector: "Property[key.name='ttl'] > Literal[value!='5m'][value!='1h']",
          message: "A TTL is 5m or 1h.",
        },
      ],
    },
  },
];

"use strict";
// The bundled Swagger UI reads OpenAPI 3.0 only, and our document is 3.1: it is told again in the older words,
// for this page alone. Tools get the original at /openapi.json.

const KEPT_AS_IS = new Set(["example", "default", "enum"]);

function older(node) {
  if (Array.isArray(node)) return node.map(older);
  if (node === null || typeof node !== "object") return node;
  const told = {};
  for (const [key, value] of Object.entries(node)) {
    told[key] = KEPT_AS_IS.has(key) ? value : older(value);
  }
  return withoutNull(withOneExample(told));
}

function withoutNull(schema) {
  if (!Array.isArray(schema.anyOf)) return schema;
  const others = schema.anyOf.filter((one) => one.type !== "null");
  if (others.length === schema.anyOf.length) return schema;
  const { anyOf, ...rest } = schema;
  return others.length === 1 ? { ...others[0], ...rest, nullable: true } : { ...rest, anyOf: others, nullable: true };
}

function withOneExample(schema) {
  if (!Array.isArray(schema.examples)) return schema;
  const { examples, ...rest } = schema;
  return { ...rest, example: examples[0] };
}

async function show() {
  const answer = await fetch("/openapi.json");
  const spec = older(await answer.json());
  spec.openapi = "3.0.3";
  SwaggerUIBundle({ dom_id: "#swagger-ui", spec, deepLinking: true, defaultModelsExpandDepth: 0 });
}

show();

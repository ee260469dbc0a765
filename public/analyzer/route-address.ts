/** The address of a route with its parameters: those that stand in the route as `:name`, the rest as its query. */
import type { Parameters } from "./data-source.ts";

export function routeAddress(route: string, parameters: Parameters): string {
  const query = new URLSearchParams();
  let path = route;
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    if (path.includes(`:${name}`)) path = path.replace(`:${name}`, encodeURIComponent(value));
    else query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

// Written by `pnpm codegen` from openapi.yaml.
export interface Sailing {
  id: string;
  from: string;
  to: string;
  departsAt: string;
}

/** Group discounts in per cent, by the number of people. */
export const groupDiscounts = [
  [10, 12],
  [30, 15],
] as const;

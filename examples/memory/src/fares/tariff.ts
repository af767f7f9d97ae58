export interface Party {
  readonly adults: number;
  readonly children: number;
  readonly cars: number;
}

/** Cents per person or car, by season. */
const base = { summer: { adult: 3900, child: 1900, car: 5200 }, winter: { adult: 2400, child: 1200, car: 4100 } };

/** Groups of ten and more pay 12 % less; the discount is rounded down to whole cents per person. */
function groupDiscount(people: number, cents: number): number {
  return people >= 10 ? Math.floor((cents * 12) / 100) : 0;
}

export function quote(party: Party, season: keyof typeof base = 'winter'): number {
  const { adult, child, car } = base[season];
  const people = party.adults + party.children;
  const fare = party.adults * (adult - groupDiscount(people, adult)) + party.children * (child - groupDiscount(people, child));
  return fare + party.cars * car;
}

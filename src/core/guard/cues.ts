/**
 * Words by which people ask to remember, and by which they give a reason. Whoever dreams judges a text as a whole; the
 * guard only asks whether the words are there at all, in the languages teams are likely to write.
 */

const asks =
  /\b(?:remember|memori[sz]e|keep in mind|bear in mind|note (?:that|this|down)|make a note|take note|don['’]?t (?:ever )?forget|from (?:now|here) on|going forward|(?:in|for) (?:the )?future|next time|as of now|memory|memories|(?:claude|agents|gemini)\.md|(?:add|put|write|save|store|record|document) (?:this|that|it|a (?:note|rule))|rule:|merke? dir|in zukunft|ab (?:jetzt|sofort)|retiens|souviens-toi|désormais|recuerda|de ahora en adelante|lembre-se)|^\s*#\s|记住|記住|今後|覚えて/iu;

const reasons =
  /\b(?:because|since|so that|so we|so it|otherwise|or else|in order to|due to|reason|to avoid|to prevent|to keep|as (?:it|they|we|that)|that['’]s why|which (?:breaks|causes|means|would)|weil|damit|sonst|denn|parce que|car|pour (?:que|éviter)|afin|porque|para (?:que|evitar)|perché|pois)\b|[—–]\s*\S.{11,}|因为|因為|所以|から|ため/iu;

export const asksToRemember = (text: string): boolean => asks.test(text);
export const givesReason = (text: string): boolean => reasons.test(text);

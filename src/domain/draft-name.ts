/** A draft's name for comparing: without space, title and quotation marks, and without how far it is: （征求意见稿）, （草案）. */
export function bareName(name: string): string {
  return name.replace(/[（(][^（(）)]{0,12}[稿案][）)]/gu, '').replace(/[\s《》〈〉“”"「」]/gu, '');
}

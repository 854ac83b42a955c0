import { plural } from '../plural.ts'

export const units = {
  locale: 'en-GB',
  todayAt: (time: string) => `today, ${time}`,
  yesterday: 'yesterday',
  aMomentAgo: 'a moment ago',
  minutesAgo: (count: number) => `${count} ${plural(count, 'minute', 'minutes')} ago`,
  hoursAgo: (count: number) => `${count} ${plural(count, 'hour', 'hours')} ago`,
  daysAgo: (count: number) => `${count} ${plural(count, 'day', 'days')} ago`,
  seconds: (value: string) => `${value} s`,
  minutes: (value: string) => `${value} min`,
  hours: (value: string) => `${value} h`,
  days: (value: string) => `${value} d`,
  secondsBetween: (low: string, high: string) => `${low} to ${high} s`,
  minutesBetween: (low: string, high: string) => `${low} to ${high} min`,
  hoursBetween: (low: string, high: string) => `${low} to ${high} h`,
  daysBetween: (low: string, high: string) => `${low} to ${high} days`,
  notesBetween: (lowest: string, highest: string) => `${lowest} to ${highest}`,
  noNoteUsable: 'No note of the scale came out well.',
  comfortableRange: (notes: string) => `Comfortable ${notes}.`,
  usableRange: (notes: string) => `Usable ${notes}, none of them comfortable.`,
  usableAndComfortable: (usable: string, comfortable: string) => `Usable ${usable}, comfortable ${comfortable}.`,
}

import type { Translation } from '../catalog.ts'
import type { units as english } from '../en/units.ts'

export const units = {
  locale: 'ko',
  todayAt: (time) => `오늘 ${time}`,
  yesterday: '어제',
  aMomentAgo: '방금 전',
  minutesAgo: (count) => `${count}분 전`,
  hoursAgo: (count) => `${count}시간 전`,
  daysAgo: (count) => `${count}일 전`,
  seconds: (value) => `${value}초`,
  minutes: (value) => `${value}분`,
  hours: (value) => `${value}시간`,
  days: (value) => `${value}일`,
  secondsBetween: (low, high) => `${low}~${high}초`,
  minutesBetween: (low, high) => `${low}~${high}분`,
  hoursBetween: (low, high) => `${low}~${high}시간`,
  daysBetween: (low, high) => `${low}~${high}일`,
  monthsOrMore: (count) => `${count}개월 이상`,
  yearsOrMore: (count) => `${count}년 이상`,
  notesBetween: (lowest, highest) => `${lowest}~${highest}`,
  noNoteUsable: '음계에서 쓸 만한 음이 없습니다.',
  comfortableRange: (notes) => `편안한 음역: ${notes}.`,
  usableRange: (notes) => `쓸 수 있는 음역: ${notes}. 편안한 음은 없습니다.`,
  usableAndComfortable: (usable, comfortable) => `쓸 수 있는 음역: ${usable}, 편안한 음역: ${comfortable}.`,
} satisfies Translation<typeof english>

import type { FailureCode } from '../../../shared/base/errors.ts'
import type { Translation } from '../catalog.ts'
import type { told as english } from '../en/told.ts'
import { failures } from './failures.ts'

type Pattern = readonly [RegExp, (...found: readonly string[]) => string]

/** Titles of jobs, as `main/jobs` gives them. */
const titles: readonly Pattern[] = [
  [/^Converting (.*) for (.*?)$/, (region, singers) => `변환: ${region}, ${singers}`],
  [/^Trying (.*) for (.*?)$/, (region, singers) => `들어 보기: ${region}, ${singers}`],
  [/^Importing (\d+) files$/, (count) => `가져오기: 파일 ${count}개`],
  [/^Importing (.*)$/, (file) => `가져오기: ${file}`],
  [/^Exporting (\d+) files$/, (count) => `내보내기: 파일 ${count}개`],
  [/^Exporting (.*)$/, (file) => `내보내기: ${file}`],
  [/^Locating (\d+) files$/, (count) => `찾기: 파일 ${count}개`],
  [/^Locating (.*)$/, (file) => `찾기: ${file}`],
  [/^Training (.*)$/, (name) => `학습: ${name}`],
  [/^Checking (\d+) clips?$/, (count) => `클립 ${count}개 점검`],
  [/^Checking the compute engine$/, () => '연산 엔진 점검'],
  [/^Installing (.*)$/, (label) => `설치: ${label}`],
  [/^Step (\d+) makes a clip (.*)$/, (step, emotion) => `${step}단계로 클립 바꾸기: ${emotion}`],
  [/^Step (\d+) on your stem$/, (step) => `${step}단계로 스템 부르기`],
]

/** What a training does in a stage, where it has more than one. */
const ways: Readonly<Partial<Record<string, string>>> = {
  'tuning the shipped base': '기본 모델을 맞추는 중',
  'learning from nothing, to compare': '비교를 위해 처음부터 학습하는 중',
  'learning all singers together': '모든 가수를 함께 학습하는 중',
}

/** Phases of jobs, as the tasks of `main/compute` tell them. */
const phases: readonly Pattern[] = [
  [
    /^step (\d+) of (\d+)\. (tuning the shipped base|learning from nothing, to compare|learning all singers together)(?: for (.*))?$/,
    (step, count, way, singer = '') =>
      `${count}단계 중 ${step}단계. ${singer === '' ? '' : `${singer}: `}${ways[way] ?? way}`,
  ],
  [/^step (\d+) of (\d+)$/, (step, count) => `${count}단계 중 ${step}단계`],
  [/^writing the sound$/, () => '소리를 쓰는 중'],
  [/^writing the session$/, () => '세션을 쓰는 중'],
  [/^writing (.*)$/, (file) => `${file} 쓰는 중`],
  [/^starting again: .*$/, () => '다시 시작하는 중'],
  [/^trying the engines: .*$/, () => '엔진을 시험하는 중'],
]

const plainPhases: Readonly<Partial<Record<string, string>>> = {
  waiting: '대기 중',
  starting: '시작하는 중',
  done: '완료',
  paused: '일시 정지됨',
  cancelled: '취소됨',
  failed: '실패',
  'stopped when the program ended': '프로그램이 끝날 때 멈춤',
  'trying the range': '음역을 시험하는 중',
  'timing the conversion': '변환 속도를 재는 중',
  'reading the clips': '클립을 읽는 중',
  'listening for noise and rooms': '잡음과 울림을 살피는 중',
  'finding the pitch': '음정을 찾는 중',
  'listening for other voices': '다른 목소리를 살피는 중',
  'reading the sound': '소리를 읽는 중',
  'reading the audio': '오디오를 읽는 중',
  'translating the emotion': '감정을 옮기는 중',
  'fetching the packages': '패키지를 내려받는 중',
  'compiling the addon': '애드온을 빌드하는 중',
  'trying it': '시험하는 중',
  installed: '설치됨',
  unpacking: '압축을 푸는 중',
  singing: '부르는 중',
  'loading the singer': '가수를 불러오는 중',
  'measuring the breath': '숨소리를 재는 중',
  'hearing the words': '가사를 듣는 중',
  'changing the voice': '목소리를 바꾸는 중',
  'copying the sound': '소리를 복사하는 중',
  'reading the timbre': '음색을 읽는 중',
}

/** Why an engine is used, or is not, as `main/compute/engines` tells it. */
const reasons: Readonly<Partial<Record<string, string>>> = {
  'not installed': '설치되지 않음',
  installed: '설치됨',
  'not tried yet': '아직 시험하지 않음',
  'no graphics device on this machine': '이 컴퓨터에 그래픽 장치가 없음',
  'only the desktop program has windows': '데스크톱 프로그램에서만 사용 가능',
  'part of the desktop program': '데스크톱 프로그램에 포함됨',
  'asked for by UNDERSTUDY_BACKEND': 'UNDERSTUDY_BACKEND로 지정됨',
  'fastest with the right numbers': '결과가 올바른 엔진 중 가장 빠름',
  'the right numbers, slower': '결과는 올바르지만 더 느림',
  'wrong numbers in the self-test': '자체 시험에서 결과가 틀림',
  'always there': '항상 사용 가능',
  'for comparisons': '비교용',
}

/** What no pattern knows stays as it was told. */
function through(patterns: readonly Pattern[], text: string): string {
  for (const [pattern, words] of patterns) {
    const found = pattern.exec(text)
    if (found) return words(...found.slice(1))
  }
  return text
}

export const told = {
  title: (title) => through(titles, title),
  reason: (reason) => reasons[reason] ?? reason,
  phase: (phase) => plainPhases[phase] ?? through(phases, phase),
  failure: (code: FailureCode, _message: string) => failures[code].message,
  remedy: (code: FailureCode, _remedy: string) => failures[code].remedy,
} satisfies Translation<typeof english>

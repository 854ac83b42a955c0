export const emotions = {
  neutral: 'Neutral',
  happy: 'Happy',
  sad: 'Sad',
  angry: 'Angry',
  fearful: 'Fearful',
  calm: 'Calm',
  bored: 'Bored',
  disgusted: 'Disgusted',
  surprised: 'Surprised',
}

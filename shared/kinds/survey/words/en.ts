export const en = {
  title: 'Survey',
};

export const explanation = () => undefined;

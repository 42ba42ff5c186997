/** Code of an app that registers a function as the library would, but without the library. */
export const register = (name: string, binding: object, others: object = {}) => `
  const core = require('@azure/functions-core');
  core.setProgrammingModel({
    name: 'test', version: '1', getCapabilities: (given) => given,
    getInvocationModel: () => ({
      getArguments: async () => ({ context: {}, inputs: [] }),
      invokeFunction: async (context, inputs, callback) => callback(...inputs),
      getResponse: async () => ({}),
    }),
  });
  core.registerFunction({ name: '${name}', bindings: ${JSON.stringify({ t: binding, ...others })} }, () => {});
`;

/** The binding of an HTTP trigger. */
export const http = { type: 'httpTrigger', direction: 'in', methods: ['GET'] };

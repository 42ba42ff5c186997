import { UserTokenClient } from 'botframework-connector';

/**
 * Stands where a turn has its client of the Bot Framework's token service, which signs people in to third parties.
 * Nobody signs in here, and building the real client cost each turn more than everything else it does.
 */
export class NoSignIn extends UserTokenClient {
  override getUserToken(): Promise<never> {
    return notOffered('getUserToken');
  }

  override getSignInResource(): Promise<never> {
    return notOffered('getSignInResource');
  }

  override signOutUser(): Promise<never> {
    return notOffered('signOutUser');
  }

  override getTokenStatus(): Promise<never> {
    return notOffered('getTokenStatus');
  }

  override getAadTokens(): Promise<never> {
    return notOffered('getAadTokens');
  }

  override exchangeToken(): Promise<never> {
    return notOffered('exchangeToken');
  }
}

function notOffered(operation: string): Promise<never> {
  return Promise.reject(
    new Error(
      `${operation} is not offered: this bot signs nobody in. To add OAuth prompts, give NoAuthentication (turns.ts) a UserTokenClient.`,
    ),
  );
}

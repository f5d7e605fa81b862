// Serves a certified OpenID provider for a test: node oidc_provider.mjs PORT CLIENT SECRET RETURN
//
// Who signs in is whom she says she is: as "maija@example.fi", or "maija@example.fi unverified".

import { Provider } from "oidc-provider";

const [port, client, secret, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [back] }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  cookies: { keys: ["of a test"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, id) => {
    const [email, more] = id.split(" ");
    return { accountId: id, claims: () => ({ sub: id, email, email_verified: !more }) };
  },
});

provider.listen(Number(port), "127.0.0.1", () => console.log(`serving ${issuer}`));

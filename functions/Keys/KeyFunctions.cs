using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.Rewrapping;
using Navi.Platform.Security.SigningKeys;
using Navi.Platform.Telemetry;

namespace Navi.Functions.Keys;

/// <summary>The installation's own keys: what there is, and their rotation. Never a key itself.</summary>
public sealed class KeyFunctions(KeyInventory inventory, EnvelopeRewrap rewrap, SigningKeyRotation signing, Operators operators)
{
    // What fits into one request with a key service that is a network away.
    private const int MostAtOnce = 500;
    private const string NotTheirs = "The caller is of an organisation that does not run this installation.";

    /// <summary>GET /v1/keys.</summary>
    [Function(nameof(GetKeyStatus))]
    [Operation("Keys", "The wrapping keys with what each of them wraps, and the signing keys with their times; never a key itself.", Details =
        "It concerns all organisations, so only the organisation that runs the installation may ask (Navi:Telemetry:Organisation; in Local it is `local`). A wrapping key is reachable when the process that answers has just unwrapped something with it.")]
    [Answers(200, "All keys.", Body = typeof(KeysView), Example = KeyExamples.Keys)]
    [Refuses(403, "forbidden", NotTheirs)]
    public async Task<IResult> GetKeyStatus([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/keys")] HttpRequest request, FunctionContext context)
    {
        new QueryReader(request).Only();
        return Refusal(context) ?? Answer.Json(KeysView.Of(await inventory.ReadAsync(request.HttpContext.RequestAborted)));
    }

    /// <summary>POST /v1/keys/rewrap.</summary>
    [Function(nameof(RewrapKeys))]
    [Operation("Keys", "Wraps by the current wrapping key what older ones wrap, up to 500 values at once.", Details =
        "What a timer does every hour. It may be asked again and again, and by many at once; left says how much there still is. A new wrapping key is made in Key Vault or as a key file, and named by Navi:Encryption:KeyId.")]
    [Answers(200, "What was done, and what is left.", Body = typeof(RewrapOutcome), Example = KeyExamples.Rewrap)]
    [Refuses(403, "forbidden", NotTheirs)]
    [Refuses(503, "key-unavailable", "The wrapping key can't be used; nothing was changed.")]
    public async Task<IResult> RewrapKeys([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/keys/rewrap")] HttpRequest request, FunctionContext context)
    {
        if (Refusal(context) is { } refusal)
            return refusal;
        try
        {
            return Answer.Json(await rewrap.RunAsync(MostAtOnce, request.HttpContext.RequestAborted));
        }
        catch (EncryptionKeyException e)
        {
            return Problem.Of(503, "key-unavailable", "The wrapping key can't be used.", e.Message);
        }
    }

    /// <summary>POST /v1/keys/rotate-signing.</summary>
    [Function(nameof(RotateSigningKeys))]
    [Operation("Keys", "Makes the next signing keys now. They are published at once and take over after Navi:SigningKeys:PublishLead.", Details =
        "The keys before stay published as long as what they made is good. Where a next key waits already, none is made: asking twice is the same as once. After a leak this is not enough; see docs/SECRET_ROTATION.md.")]
    [Answers(200, "All signing keys.", Body = typeof(SigningKeyListView), Example = KeyExamples.Signing)]
    [Refuses(403, "forbidden", NotTheirs)]
    [Refuses(503, "key-unavailable", "The wrapping key can't be used; nothing was changed.")]
    public async Task<IResult> RotateSigningKeys([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/keys/rotate-signing")] HttpRequest request, FunctionContext context)
    {
        if (Refusal(context) is { } refusal)
            return refusal;
        try
        {
            return Answer.Json(new SigningKeyListView([.. (await signing.RotateAsync(request.HttpContext.RequestAborted)).Select(SigningKeyView.Of)]));
        }
        catch (Exception e) when (e is EncryptionKeyException || KeyServiceFailure.Is(e))
        {
            return Problem.Of(503, "key-unavailable", "The wrapping key can't be used.", e is EncryptionKeyException ? e.Message : KeyServiceFailure.Say(e));
        }
    }

    private IResult? Refusal(FunctionContext context)
    {
        var caller = AccessMiddleware.PrincipalOf(context);
        return operators.Include(caller.Organisation)
            ? null
            : Problem.Of(403, "forbidden", $"'{caller.User}' may not see to what concerns all organisations.", "The setting Navi:Telemetry:Organisation names the organisation whose people may.");
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Tokens;

namespace Navi.Functions.Secrets;

/// <summary>Tokens that the caller's organisation gives NAVI to use. They go in and never come out.</summary>
public sealed class SecretFunctions(EncryptedTokens tokens)
{
    // Each character may be escaped in JSON.
    private const int LargestBody = (6 * EncryptedTokens.LongestValue) + 1_024;
    private const string One = """{"name":"openai","created_at":"2026-01-31T08:00:00Z","updated_at":"2026-01-31T08:00:00Z","by":"ada"}""";

    /// <summary>GET /v1/secrets.</summary>
    [Function(nameof(ListSecrets))]
    [Operation("Secrets", "Lists the names of the organisation's secrets; never their values.")]
    [Answers(200, "All of them, by name.", Body = typeof(Page<SecretView>), Example = $$"""{"items":[{{One}}]}""")]
    public async Task<IResult> ListSecrets([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/secrets")] HttpRequest request, FunctionContext context)
    {
        new QueryReader(request).Only();
        var rows = await tokens.ListAsync(AccessMiddleware.PrincipalOf(context).Organisation, request.HttpContext.RequestAborted);
        return Answer.Json(new Page<SecretView>([.. rows.Select(SecretView.Of)]));
    }

    /// <summary>PUT /v1/secrets/{name}: 201 for a new name, 200 where a value is replaced.</summary>
    [Function(nameof(PutSecret))]
    [Operation("Secrets", "Keeps a value encrypted under a name, in place of the one before.", Details =
        "No answer, event, error or log has the value. Model entries use secrets by name (Navi:Models:Entries:N:ApiKeySecret); a new value is used within 15 seconds. The same request twice is the same as once.")]
    [RouteValue("name", "The secret's name: 1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit.", MaxLength = 64, Example = "openai")]
    [Body(typeof(PutSecretRequest), """{"value":"the-provider-key"}""")]
    [Answers(201, "It is kept.", Body = typeof(SecretView), Example = One)]
    [Answers(200, "The value before is replaced.", Body = typeof(SecretView), Example = One)]
    [Refuses(409, "too-many-secrets", "The organisation has 100 secrets.")]
    [Refuses(422, "invalid", "The name or the value is not accepted; field names it.")]
    [Refuses(503, "key-unavailable", "The wrapping key can't be used; nothing was changed.")]
    public async Task<IResult> PutSecret([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/secrets/{name}")] HttpRequest request, string name, FunctionContext context)
    {
        var (body, _) = await RequestBody.ReadAsync<PutSecretRequest>(request, LargestBody);
        if (!EncryptedTokens.IsName(name))
            return Problem.Invalid("name", $"'{Problem.Shown(name)}' is no name of a secret.", "1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit.");
        if (Invalid(body.Value) is { } wrong)
            return Problem.Invalid("value", wrong, "Give the key or token alone, without quotes and line breaks.");
        var caller = AccessMiddleware.PrincipalOf(context);
        try
        {
            return await tokens.PutAsync(caller.Organisation, name, body.Value!, caller.User, request.HttpContext.RequestAborted) is { } row
                ? Answer.Json(SecretView.Of(row), row.IsNew ? 201 : 200)
                : Problem.Of(409, "too-many-secrets", $"The organisation has {EncryptedTokens.Most} secrets; there is no room for another one.", "Delete one that is not used.");
        }
        catch (Exception e) when (e is EncryptionKeyException || KeyServiceFailure.Is(e))
        {
            return Problem.Of(503, "key-unavailable", "The wrapping key can't be used, so nothing was kept.", "An operator sees with 'navi keys status' what is wrong with it.");
        }
    }

    /// <summary>DELETE /v1/secrets/{name}.</summary>
    [Function(nameof(DeleteSecret))]
    [Operation("Secrets", "Deletes a secret; processes that used it may do so for 15 seconds more.")]
    [RouteValue("name", "The secret's name.", MaxLength = 64, Example = "openai")]
    [Answers(204, "It is gone.")]
    public async Task<IResult> DeleteSecret([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/secrets/{name}")] HttpRequest request, string name, FunctionContext context) =>
        EncryptedTokens.IsName(name) && await tokens.DeleteAsync(AccessMiddleware.PrincipalOf(context).Organisation, name, request.HttpContext.RequestAborted)
            ? Results.NoContent()
            : Problem.NotFound("secret", name);

    // Never the value, nor how it begins.
    private static string? Invalid(string? value) => value switch
    {
        null or "" => "The value is empty.",
        { Length: > EncryptedTokens.LongestValue } => $"The value has {value.Length} characters; at most {EncryptedTokens.LongestValue} are accepted.",
        _ when string.IsNullOrWhiteSpace(value) => "The value is only white space.",
        _ when value.Any(c => char.IsControl(c) || char.IsSurrogate(c)) => "The value has a line break or another character that no key has.",
        _ => null,
    };
}

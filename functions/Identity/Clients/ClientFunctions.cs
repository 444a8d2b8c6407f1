using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.Clients;

namespace Navi.Functions.Identity.Clients;

/// <summary>Service clients of the caller's organisation.</summary>
public sealed class ClientFunctions(ServiceClients clients)
{
    private const int LongestName = 100;
    private const string Listed = """{"client_id":"svc-0199","name":"nightly build","roles":["caller"],"created_at":"2026-01-31T08:00:00Z","created_by":"ada"}""";
    private const string Created = """{"client_id":"svc-0199","client_secret":"SECRET","name":"nightly build","roles":["caller"],"created_at":"2026-01-31T08:00:00Z","created_by":"ada"}""";

    /// <summary>GET /v1/clients.</summary>
    [Function(nameof(ListClients))]
    [Operation("Identity", "Lists the organisation's service clients, oldest first; never their secrets.")]
    [Answers(200, "All of them.", Body = typeof(Page<ClientView>), Example = $$"""{"items":[{{Listed}}]}""")]
    public async Task<IResult> ListClients([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/clients")] HttpRequest request, FunctionContext context)
    {
        new QueryReader(request).Only();
        var rows = await clients.ListAsync(AccessMiddleware.PrincipalOf(context).Organisation, request.HttpContext.RequestAborted);
        return Answer.Json(new Page<ClientView>([.. rows.Select(r => ClientView.Of(r))], null));
    }

    /// <summary>POST /v1/clients: the secret is in this answer and nowhere else.</summary>
    [Function(nameof(CreateClient))]
    [Operation("Identity", "Makes a service client. Its secret is in this answer and kept nowhere.", Details = "The client gets its tokens from /connect/token with grant_type=client_credentials.")]
    [Body(typeof(CreateClientRequest), """{"name":"nightly build","roles":["caller"]}""")]
    [Answers(201, "The client with its secret.", Body = typeof(ClientView), Example = Created)]
    [Refuses(422, "invalid", "A member has a value that is not accepted; field names it.")]
    public async Task<IResult> CreateClient([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/clients")] HttpRequest request, FunctionContext context)
    {
        var (body, _) = await RequestBody.ReadAsync<CreateClientRequest>(request);
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > LongestName || body.Name.Any(char.IsControl))
            return Problem.Invalid("name", $"The name is empty, has control characters or more than {LongestName} characters.", "Say what the client is for, such as: nightly build.");
        if (RoleList.Invalid(body.Roles, atLeast: 1) is { } invalid)
            return invalid;
        var (client, secret) = await clients.CreateAsync(AccessMiddleware.PrincipalOf(context), body.Name.Trim(), body.Roles!, request.HttpContext.RequestAborted);
        return Answer.Json(ClientView.Of(client, secret), 201);
    }

    /// <summary>DELETE /v1/clients/{id}: nothing of the client holds any longer.</summary>
    [Function(nameof(DeleteClient))]
    [Operation("Identity", "Deletes a service client; its tokens hold no longer than ten seconds more.")]
    [RouteValue("id", "The client's id.", Example = "svc-0199")]
    [Answers(204, "It is gone.")]
    public async Task<IResult> DeleteClient([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/clients/{id}")] HttpRequest request, string id, FunctionContext context) =>
        await clients.DeleteAsync(AccessMiddleware.PrincipalOf(context).Organisation, id, request.HttpContext.RequestAborted) ? Results.NoContent() : Problem.NotFound("client", id);
}

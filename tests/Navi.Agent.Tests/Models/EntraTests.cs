using Azure.Core;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Boundary;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Providers;
using Navi.Agent.Tests.Models.Support;

namespace Navi.Agent.Tests.Models;

public sealed class EntraTests
{
    [Fact]
    public async Task AzureWithoutKey_SignsInWithTheCognitiveServicesScope()
    {
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        var identity = new Identity();
        var made = 0;
        var kind = new AzureOpenAiKind(() =>
        {
            made++;
            return identity;
        });
        var entry = new ModelEntry { Name = "m", Kind = "azure_openai", Endpoint = server.Address, Model = "some-model" };
        Assert.Empty(kind.Problems(entry));
        Assert.Equal(0, made);
        using var client = kind.Create(entry, ModelHttp.Create(TimeProvider.System, useProxy: false));
        using var boundary = EndpointBoundary.Enter(new HashSet<string> { EndpointBoundary.AuthorityOf(new Uri(server.Address)) });

        await foreach (var update in client.GetStreamingResponseAsync("hello"))
            Assert.NotNull(update);

        var asked = Assert.Single(server.Requests);
        Assert.Equal("Bearer a-token", asked.Headers["Authorization"]);
        Assert.False(asked.Headers.ContainsKey("api-key"));
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], identity.Scopes);
    }

    private sealed class Identity : TokenCredential
    {
        public IReadOnlyList<string> Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("a-token", new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}

using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Document;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Http;

/// <summary>Every operation with a JSON body refuses what could be understood in two ways.</summary>
public sealed class StrictRequestTests
{
    private const string Good = """{"decision":"reject","repository":"/nowhere","task":"x"}""";

    [Theory]
    [InlineData(null, null, "Content-Type")]
    [InlineData("text/plain", null, "Content-Type")]
    [InlineData("application/x-www-form-urlencoded", null, "Content-Type")]
    [InlineData("application/json; charset=utf-16", null, "Content-Type")]
    [InlineData("application/json; version=2", null, "Content-Type")]
    [InlineData("application/jsonp", null, "Content-Type")]
    [InlineData("nonsense", null, "Content-Type")]
    [InlineData("application/json", "gzip", "Content-Encoding")]
    [InlineData("application/json", "identity, gzip", "Content-Encoding")]
    public async Task Body_DeclaredAsSomethingElse_Is415NamingWhatIsAccepted(string? type, string? encoding, string field)
    {
        await using var navi = await StartAsync();
        foreach (var route in WithBody())
        {
            var (status, problem) = await SendAsync(navi, route, Encoding.UTF8.GetBytes(Good), type, encoding);
            Assert.Equal((route.Name, HttpStatusCode.UnsupportedMediaType, "urn:navi:problem:unsupported-media-type", field), (route.Name, status, problem.GetProperty("type").GetString(), problem.GetProperty("field").GetString()));
            Assert.Contains(field == "Content-Type" ? "application/json" : "identity", problem.GetProperty("detail").GetString());
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    public async Task Body_DeclaredAsJson_IsRead(string type)
    {
        await using var navi = await StartAsync();
        foreach (var route in WithBody())
        {
            var (status, problem) = await SendAsync(navi, route, """{"unheard_of":1}"""u8.ToArray(), type, "identity");
            Assert.Equal((route.Name, HttpStatusCode.BadRequest), (route.Name, status));
            Assert.Contains("unheard_of", problem.ToString());
        }
    }

    [Theory]
    [InlineData("""{"task":"a","task":"b"}""", "task")]
    [InlineData("""{"task":{"a":[{"b":1},{"c":1,"c":2}]}}""", "task.a.c")]
    [InlineData("""{"ta\u0073k":"a","task":"b"}""", "task")]
    public async Task Body_WithAMemberTwice_IsRefusedByItsName(string body, string field)
    {
        await using var navi = await StartAsync();
        foreach (var route in WithBody())
        {
            var (status, problem) = await SendAsync(navi, route, Encoding.UTF8.GetBytes(body));
            Assert.Equal((route.Name, HttpStatusCode.BadRequest, field), (route.Name, status, problem.GetProperty("field").GetString()));
            Assert.Contains("twice", problem.GetProperty("title").GetString());
        }
    }

    [Theory]
    [InlineData("7B2274223A22FF227D", "UTF-8")]
    [InlineData("FFFE7B007D00", "UTF-8")]
    [InlineData("", "empty")]
    [InlineData("7B225C7564383030223A317D", "JSON object")]
    public async Task Body_ThatIsNoUtf8Json_IsMalformed(string hex, string says)
    {
        await using var navi = await StartAsync();
        foreach (var route in WithBody())
        {
            var (status, problem) = await SendAsync(navi, route, Convert.FromHexString(hex));
            Assert.Equal((route.Name, HttpStatusCode.BadRequest), (route.Name, status));
            Assert.Contains(says, problem.GetProperty("title").GetString());
        }
    }

    [Fact]
    public async Task Body_DeeperThanTheBound_IsMalformed()
    {
        await using var navi = await StartAsync();
        var (status, problem) = await SendAsync(navi, WithBody().First(), Encoding.UTF8.GetBytes($$"""{"task":{{new string('[', 40)}}{{new string(']', 40)}}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("depth of 32", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Post_WithoutABodyWhereNoneIsNeeded_IsServed()
    {
        await using var navi = await Slice.StartAsync((_, _) => [("ask_person", new { question = "Which one?" })]);
        var task = await navi.CreateAsync();
        using var answer = await navi.Http.PostAsync($"/v1/tasks/{task}/cancel", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static IReadOnlyList<HttpOperation> WithBody()
    {
        var routes = HttpOperation.All.Where(o => o.Function.GetCustomAttribute<BodyAttribute>() is { MediaType: "application/json", Optional: false }).ToList();
        Assert.True(routes.Count >= 2);
        return routes;
    }

    private static Task<Slice> StartAsync() => Slice.StartAsync((_, _) => []);

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> SendAsync(Slice navi, HttpOperation route, byte[] body, string? type = "application/json", string? encoding = null)
    {
        var path = string.Join('/', route.Path.Split('/').Select(s => s.StartsWith('{') ? Guid.CreateVersion7().ToString() : s));
        using var request = new HttpRequestMessage(new HttpMethod(route.Method.ToUpperInvariant()), path) { Content = new ByteArrayContent(body) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var answer = await navi.Http.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }
}

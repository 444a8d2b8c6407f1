using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Inputs;

public sealed class BadInputTests
{
    [Fact]
    public async Task Requests_Wrong_NameTheFieldAndLeaveNothingBehind()
    {
        await using var navi = await Installation.CreateAsync();
        var up = await navi.UpAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var plain = Directory.CreateDirectory(navi.Place("plain")).FullName;

        await RefusedAsync(up, new { task = "survey" }, HttpStatusCode.UnprocessableEntity, "repository", "path or URL");
        await RefusedAsync(up, new { repository = navi.Place("nowhere"), task = "survey" }, HttpStatusCode.UnprocessableEntity, "repository", "does not exist");
        await RefusedAsync(up, new { repository = plain, task = "survey" }, HttpStatusCode.UnprocessableEntity, "repository", "not a git repository");
        await RefusedAsync(up, new { repository = "relative/path", task = "survey" }, HttpStatusCode.UnprocessableEntity, "repository", "relative");
        await RefusedAsync(up, new { repository = "https://user:s3cret@example.invalid/r.git", task = "survey" }, HttpStatusCode.UnprocessableEntity, "repository", "password");
        await RefusedAsync(up, new { repository, task = "  " }, HttpStatusCode.UnprocessableEntity, "task", "empty");
        await RefusedAsync(up, new { repository, task = new string('x', 40_000) }, HttpStatusCode.UnprocessableEntity, "task", "40000");
        await RefusedAsync(up, new { repository, task = new string('x', 2 << 20) }, HttpStatusCode.RequestEntityTooLarge, null, "1048576");
        await RefusedAsync(up, new { repository, task = "survey", provider = "gpt-9" }, HttpStatusCode.UnprocessableEntity, "provider", "rules");
        await RefusedAsync(up, new { repository, task = "survey", colour = "red" }, HttpStatusCode.BadRequest, null, "colour");
        using (var garbage = await up.Http.PostAsync("/v1/tasks", new StringContent("{not json", Encoding.UTF8, "application/json")))
            Assert.Equal(HttpStatusCode.BadRequest, garbage.StatusCode);

        Assert.Equal(0, (await up.Http.GetFromJsonAsync<JsonElement>("/v1/tasks")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("/v1/tasks/018f0000-0000-7000-8000-000000000000")]
    [InlineData("/v1/tasks/nonsense")]
    [InlineData("/v1/tasks/nonsense/events")]
    [InlineData("/v1/tasks/nonsense/diff")]
    [InlineData("/v1/checkpoints/018f0000-0000-7000-8000-000000000000")]
    public async Task Get_UnknownId_Is404WithAProblem(string path)
    {
        await using var navi = await Installation.CreateAsync();
        var up = await navi.UpAsync();

        using var response = await up.Http.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Routes_WithoutAToken_AreRefusedButForTheProbes()
    {
        await using var navi = await Installation.CreateAsync();
        var up = await navi.UpAsync();
        using var anonymous = new HttpClient { BaseAddress = up.Http.BaseAddress };

        foreach (var path in new[] { "/v1/tasks", "/v1/tasks/x", "/v1/tasks/x/events", "/v1/tasks/x/diff", "/v1/checkpoints", "/v1/checkpoints/x" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(path)).StatusCode);
        foreach (var path in new[] { "/v1/tasks", "/v1/tasks/x/cancel", "/v1/checkpoints/x/decisions" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsJsonAsync(path, new { })).StatusCode);
        foreach (var path in new[] { "/healthz", "/readyz" })
            Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Run_UnknownFamily_IsRefusedWithWhatIsPossible()
    {
        await using var navi = await Installation.CreateAsync();

        var ended = await navi.RunAsync(["run", "--repo", Repositories.Python(navi.Place("repository")), "write me a compiler for Haskell"]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("refused", ended.All, StringComparison.Ordinal);
        Assert.Contains("rename", ended.All, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(Service up, object body, HttpStatusCode status, string? field, string says)
    {
        using var response = await up.Http.PostAsJsonAsync("/v1/tasks", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, text);
        var problem = JsonElement.Parse(text);
        Assert.Contains(says, text, StringComparison.Ordinal);
        if (field is not null)
            Assert.Equal(field, problem.GetProperty("field").GetString());
    }
}

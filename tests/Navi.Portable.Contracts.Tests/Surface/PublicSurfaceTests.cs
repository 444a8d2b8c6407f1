using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DurableTask.Client;

namespace Navi.Portable.Contracts.Tests.Surface;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void Contracts_EveryPublicMember_StandsInTheListingWithTheSameSignature()
    {
        var surface = ApiSurface.Of(MetadataReference.CreateFromFile(typeof(DurableTaskClient).Assembly.Location));

        Assert.Contains(surface, entry => entry.Id == "T:Microsoft.DurableTask.TaskOrchestrationContext");
        Assert.Contains(surface, entry => entry.Id == "T:Microsoft.Azure.Functions.Worker.FunctionContext");
        Assert.Equal([], ApiComparer.Compare(surface, ApiListing.Load()));
    }

    [Theory]
    [InlineData("namespace Foreign; public sealed class Invented { }", "T:Foreign.Invented is not in the listing")]
    [InlineData("namespace Microsoft.DurableTask; public interface ITaskActivity { void Extra(); }", "M:Microsoft.DurableTask.ITaskActivity.Extra is not in the listing")]
    [InlineData(
        "#nullable enable\nnamespace Microsoft.DurableTask; public interface ITaskActivity { System.Threading.Tasks.Task<object> RunAsync(TaskActivityContext context, object? input); }"
        + " public abstract class TaskActivityContext { }",
        "M:Microsoft.DurableTask.ITaskActivity.RunAsync(Microsoft.DurableTask.TaskActivityContext,System.Object): 'Task<object> RunAsync")]
    [InlineData("namespace Microsoft.DurableTask.Client; public enum OrchestrationRuntimeStatus { Running = 9 }", "'Running = 9' differs from 'Running = 0'")]
    [InlineData("namespace Microsoft.DurableTask; public class TaskFailedException : System.Exception { }", "T:Microsoft.DurableTask.TaskFailedException: 'class : Exception' differs")]
    public void Compare_ForeignMember_IsReported(string source, string expected)
    {
        var surface = ApiSurface.Of(Compile(source));

        Assert.Contains(ApiComparer.Compare(surface, ApiListing.Load()), line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_MemberOfTheListing_IsNotReported()
    {
        var surface = ApiSurface.Of(Compile("namespace Microsoft.DurableTask; public delegate bool RetryHandler(RetryContext retryContext); public record RetryContext;"));

        Assert.DoesNotContain(ApiComparer.Compare(surface, ApiListing.Load()), line => line.Contains("RetryHandler", StringComparison.Ordinal));
    }

    private static MetadataReference Compile(string source)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "foreign", [CSharpSyntaxTree.ParseText(source)], platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}

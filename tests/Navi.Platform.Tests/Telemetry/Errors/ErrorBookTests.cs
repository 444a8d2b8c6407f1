using Navi.Platform.Telemetry.Errors;

namespace Navi.Platform.Tests.Telemetry.Errors;

public sealed class ErrorBookTests
{
    [Fact]
    public void PutBack_OfClientsWithoutRoom_IsCountedForTheirOrganisation()
    {
        var book = new ErrorBook();
        Add(book, "a", ErrorBook.ClientCapacity);
        var unwritten = book.Take();
        Add(book, "b", ErrorBook.ClientCapacity);
        Assert.Equal(0, book.PutBack(unwritten));

        var waiting = book.Take();
        Assert.Equal((ErrorBook.ClientCapacity + 1, 2 * ErrorBook.ClientCapacity), (waiting.Count, waiting.Sum(g => g.Occurrences)));
        Assert.Equal(("acme", "client", ErrorBook.ClientCapacity), (Surplus(waiting).Organisation, Surplus(waiting).Label, Surplus(waiting).Occurrences));
    }

    [Fact]
    public void Take_GivesTheRoomBack()
    {
        var book = new ErrorBook();
        Add(book, "a", ErrorBook.ClientCapacity);
        book.Take();
        Add(book, "b", ErrorBook.ClientCapacity);
        Assert.DoesNotContain(book.Take(), g => g.Type == "ErrorsDropped");
    }

    private static ErrorGroup Surplus(IReadOnlyList<ErrorGroup> groups) => groups.Single(g => g.Type == "ErrorsDropped");

    private static void Add(ErrorBook book, string name, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.True(book.TryAdd(DateTimeOffset.UnixEpoch, new ErrorReport("cli", $"{name}{i}", "T", "x") { Organisation = "acme", FromClient = true }));
    }
}

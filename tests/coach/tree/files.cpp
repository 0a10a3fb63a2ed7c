#include "coach/tree/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coach {

namespace {

[[noreturn]] void complain(const std::string& what, const std::string& path)
{
    throw Complaint{"Cannot " + what + " " + path + ": " + std::strerror(errno)};
}

void make_folders_for(const std::string& path)
{
    for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1))
        if (::mkdir(path.substr(0, at).c_str(), 0777) != 0 && errno != EEXIST && !exists(path.substr(0, at)))
            complain("make the folder", path.substr(0, at));
}

bool write_new(const std::string& path, const std::string& text, int flags)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
    if (fd < 0 && errno == EEXIST)
        return false;
    if (fd < 0)
        complain("write", path);
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t n = ::write(fd, text.data() + done, text.size() - done);
        if (n < 0 && errno != EINTR) {
            const int reason = errno;
            ::close(fd);
            ::unlink(path.c_str()); // ours, and not whole
            errno = reason;
            complain("write", path);
        }
        done += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    if (::close(fd) != 0)
        complain("write", path);
    return true;
}

void mix(std::uint64_t& hash, const void* bytes, std::size_t size) // FNV-1a
{
    for (std::size_t i = 0; i < size; ++i)
        hash = (hash ^ static_cast<const unsigned char*>(bytes)[i]) * 1099511628211U;
}

} // namespace

bool is_source(const std::string& name) { return name.ends_with(".cpp") || name.ends_with(".h"); }

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::optional<std::string> read_file(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return {};
    std::string text;
    char buffer[16384];
    ssize_t n = 0;
    while ((n = ::read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
        text.append(buffer, n > 0 ? static_cast<std::size_t>(n) : 0);
    ::close(fd);
    return n < 0 ? std::nullopt : std::optional{text};
}

std::string must_read(const std::string& path)
{
    const std::optional<std::string> text = read_file(path);
    if (!text)
        complain("read", path);
    return *text;
}

void write_file(const std::string& path, const std::string& text)
{
    make_folders_for(path);
    const std::string part = path + ".part" + std::to_string(::getpid());
    write_new(part, text, O_TRUNC);
    if (::rename(part.c_str(), path.c_str()) != 0)
        complain("write", path);
}

bool create_file(const std::string& path, const std::string& text)
{
    make_folders_for(path);
    return write_new(path, text, O_EXCL);
}

std::string inside(const std::string& folder, const std::string& name) { return folder + "/" + name; }

std::vector<std::string> names_in(const std::string& folder)
{
    std::vector<std::string> names;
    if (DIR* open = ::opendir(folder.c_str())) {
        while (const dirent* entry = ::readdir(open))
            if (entry->d_name[0] != '.')
                names.emplace_back(entry->d_name);
        ::closedir(open);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::uint64_t stamp_of(const std::string& folder, bool with_subfolders)
{
    std::uint64_t hash = 14695981039346656037U;
    for (const std::string& name : names_in(folder)) {
        struct stat now {};
        if (::stat(inside(folder, name).c_str(), &now) != 0)
            continue;
        if (S_ISDIR(now.st_mode) && with_subfolders) {
            const std::uint64_t below = stamp_of(inside(folder, name), true);
            mix(hash, &below, sizeof below);
        } else if (S_ISREG(now.st_mode) && is_source(name)) {
            mix(hash, name.data(), name.size());
            mix(hash, &now.st_size, sizeof now.st_size);
            mix(hash, &now.st_mtim, sizeof now.st_mtim);
            mix(hash, &now.st_ino, sizeof now.st_ino);
        }
    }
    return hash;
}

} // namespace coach
